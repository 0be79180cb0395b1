package erpsync

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

// A Refusal is the server's answer that something was not done, and why. Decide by the reason, show the message.
//
//	if why, ok := erpsync.AsRefusal(err); ok && why.Because(erpsyncv1.Reason_REASON_INSUFFICIENT_STOCK) {
//
// An error of a call that is no Refusal did not come from erpsync: the line is broken, say, or the context ended.
type Refusal struct {
	// One meaning for each: what the caller should do, roughly.
	Code codes.Code
	// As documented in error.proto, without its prefix: `INSUFFICIENT_STOCK`. Also one that this client does not know yet.
	Reason string
	// For people.
	Message string
	// The facts that the reason's documentation names.
	Metadata map[string]string
	// Every field at fault, where fields are.
	Fields []Field
	// How long to wait before saying the same again; 0: not told.
	RetryAfter time.Duration

	status *status.Status
}

// A Field of a request that is at fault.
type Field struct {
	// As in the request: `lines[0].quantity`.
	Path string
	// What is wrong with it.
	Description string
}

// AsRefusal finds the refusal in an error, as [errors.As] does.
func AsRefusal(err error) (*Refusal, bool) {
	var it *Refusal
	return it, errors.As(err, &it)
}

// Because tells whether this is the reason.
func (r *Refusal) Because(reason erpsyncv1.Reason) bool {
	return "REASON_"+r.Reason == reason.String()
}

// Error is code, reason and message in a line.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s %s: %s", r.Code, r.Reason, r.Message)
}

// GRPCStatus is the status as it came, for [status.FromError] and [status.Code].
func (r *Refusal) GRPCStatus() *status.Status {
	return r.status
}

// The refusal that an error of gRPC is, or the error itself.
func refusal(err error) error {
	if err == nil {
		return nil
	}
	came, ok := status.FromError(err)
	if !ok {
		return err
	}
	it := &Refusal{Code: came.Code(), Message: came.Message(), status: came}
	for _, detail := range came.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.Domain == "erpsync" {
				it.Reason, it.Metadata = strings.TrimPrefix(detail.Reason, "REASON_"), detail.Metadata
			}
		case *errdetails.BadRequest:
			for _, at := range detail.FieldViolations {
				it.Fields = append(it.Fields, Field{Path: at.Field, Description: at.Description})
			}
		case *errdetails.RetryInfo:
			it.RetryAfter = detail.RetryDelay.AsDuration()
		}
	}
	if it.Reason == "" {
		return err
	}
	if it.Reason == "TOKEN_INVALID" {
		it.Message += " (is it of another server or environment? see `Five minutes` in the README)"
	}
	return it
}
