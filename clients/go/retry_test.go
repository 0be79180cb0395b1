package erpsync

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

var stated = &erpsyncv1.SetStockRequest{Readings: []*erpsyncv1.StockReading{{Sku: "MUG", OnHand: "5"}, {Sku: "CUP", OnHand: "2.5"}}}

func TestWhatIsSaidAgain(t *testing.T) {
	again := func(err error) func(*fake) []func() error {
		return func(*fake) []func() error { return []func() error{func() error { return err }, done} }
	}
	always := func(err error) func(*fake) []func() error {
		return func(*fake) []func() error { return []func() error{func() error { return err }} }
	}
	for _, it := range []struct {
		name  string
		calls func(*fake) []func() error
		// How it ends, after how many attempts, and what was waited between them.
		ends     codes.Code
		attempts int
		waits    string
	}{
		{"done at once", func(*fake) []func() error { return []func() error{done} }, codes.OK, 1, ""},
		{"the answer is lost", func(f *fake) []func() error { return []func() error{f.cut, f.cut, done} }, codes.OK, 3, "100ms 200ms"},
		{"unavailable", again(refused(codes.Unavailable, "DATABASE_UNAVAILABLE")), codes.OK, 2, "100ms"},
		{"unavailable for long", always(refused(codes.Unavailable, "SHUTTING_DOWN")), codes.Unavailable, 5, "100ms 200ms 400ms 800ms"},
		{"unavailable, and says how long", again(refused(codes.Unavailable, "SHUTTING_DOWN", retryAfter(3*time.Second))), codes.OK, 2, "3s"},
		{"the server's time is over", again(refused(codes.DeadlineExceeded, "DEADLINE_EXCEEDED")), codes.OK, 2, "100ms"},
		{"somebody else's time is over", again(status.Error(codes.DeadlineExceeded, "")), codes.DeadlineExceeded, 1, ""},
		{"too much at once", again(refused(codes.ResourceExhausted, "OVERLOADED", retryAfter(7*time.Second))), codes.OK, 2, "7s"},
		{"too much at once for hours", again(refused(codes.ResourceExhausted, "RATE_LIMITED", retryAfter(time.Hour))), codes.OK, 2, "30s"},
		{"too large", always(refused(codes.ResourceExhausted, "MESSAGE_TOO_LARGE")), codes.ResourceExhausted, 1, ""},
		{"aborted", always(refused(codes.Aborted, "REVISION_NOT_REACHED", retryAfter(time.Second))), codes.Aborted, 1, ""},
		{"too little stock", always(refused(codes.FailedPrecondition, "INSUFFICIENT_STOCK")), codes.FailedPrecondition, 1, ""},
		{"our own fault", always(refused(codes.Internal, "INTERNAL")), codes.Internal, 1, ""},
	} {
		t.Run(it.name, func(t *testing.T) {
			f := serve(t)
			f.calls = it.calls(f)
			erp, waits := f.open(t)
			answer, err := erp.Stock().SetStock(t.Context(), stated)
			if status.Code(err) != it.ends {
				t.Errorf("ends with %v", err)
			}
			if err == nil && answer.Revision != 7 {
				t.Errorf("answers %v", answer)
			}
			if len(f.bytes) != it.attempts {
				t.Errorf("%d attempts", len(f.bytes))
			}
			for _, attempt := range f.bytes {
				if !bytes.Equal(attempt, f.bytes[0]) {
					t.Errorf("an attempt says %x, the first one %x", attempt, f.bytes[0])
				}
			}
			check(t, *waits, it.waits)
		})
	}
}

func check(t *testing.T, waits []time.Duration, want string) {
	t.Helper()
	if got := strings.Trim(fmt.Sprint(waits), "[]"); got != want {
		t.Errorf("waits %q, not %q", got, want)
	}
}

func TestWaitsAreShortenedByChance(t *testing.T) {
	for failures, whole := range map[int]time.Duration{1: 100 * time.Millisecond, 4: 800 * time.Millisecond, 7: 5 * time.Second, 1000: 5 * time.Second} {
		seen := map[time.Duration]bool{}
		for range 1000 {
			wait := backOff(failures)
			if wait < whole/2 || whole < wait {
				t.Fatalf("after %d failures: %v", failures, wait)
			}
			seen[wait] = true
		}
		if len(seen) < 900 {
			t.Errorf("after %d failures: only %d different waits", failures, len(seen))
		}
	}
}

func TestAttemptsHaveTheirTime(t *testing.T) {
	for _, it := range []struct {
		name    string
		options []Option
		told    time.Duration
		call    func(context.Context, *Connection) error
		given   time.Duration
	}{
		{"a write", nil, 0, setStock, 10 * time.Second},
		{"a read that may wait", nil, 0, readChanges, 30 * time.Second},
		{"leases, which may be waited for", nil, 0, leaseTasks, 30 * time.Second},
		{"as the connection says", []Option{WithDeadline(4 * time.Second)}, 0, leaseTasks, 4 * time.Second},
		{"as the context says", []Option{WithDeadline(4 * time.Second)}, 20 * time.Second, setStock, 20 * time.Second},
	} {
		t.Run(it.name, func(t *testing.T) {
			f := serve(t)
			f.calls = []func() error{done}
			erp, _ := f.open(t, it.options...)
			ctx := t.Context()
			if it.told > 0 {
				told, cancel := context.WithTimeout(ctx, it.told)
				defer cancel()
				ctx = told
			}
			if err := it.call(ctx, erp); err != nil {
				t.Fatal(err)
			}
			// What the way there took is missing.
			if given := f.given[0]; given > it.given || given < it.given-3*time.Second {
				t.Errorf("%v were given", given)
			}
		})
	}
}

func setStock(ctx context.Context, c *Connection) error {
	_, err := c.Stock().SetStock(ctx, stated)
	return err
}

func readChanges(ctx context.Context, c *Connection) error {
	_, err := c.Stock().ReadStockChanges(ctx, &erpsyncv1.ReadStockChangesRequest{})
	return err
}

func leaseTasks(ctx context.Context, c *Connection) error {
	_, err := c.Inbox().LeaseTasks(ctx, &erpsyncv1.LeaseTasksRequest{})
	return err
}

func TestWhoHasNoTimeLeftHearsWhy(t *testing.T) {
	f := serve(t)
	f.calls = []func() error{func() error { return refused(codes.ResourceExhausted, "OVERLOADED", retryAfter(20*time.Second)) }}
	erp, waits := f.open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	why, ok := AsRefusal(setStock(ctx, erp))
	if !ok || why.Reason != "OVERLOADED" {
		t.Errorf("hears %v", why)
	}
	check(t, *waits, "")
}

func TestWhoLeavesWaitsNoMore(t *testing.T) {
	f := serve(t)
	erp, waits := f.open(t)
	ctx, cancel := context.WithCancel(t.Context())
	f.calls = []func() error{func() error { cancel(); return refused(codes.Unavailable, "SHUTTING_DOWN") }}
	if err := setStock(ctx, erp); status.Code(err) != codes.Canceled {
		t.Errorf("ends with %v", err)
	}
	if len(*waits) > 1 {
		t.Errorf("waits %v", *waits)
	}
}

func TestPauseEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pause(ctx, time.Hour); err != context.Canceled {
		t.Errorf("ends with %v", err)
	}
	if err := pause(t.Context(), time.Nanosecond); err != nil {
		t.Errorf("ends with %v", err)
	}
}

func TestRequestIDs(t *testing.T) {
	f := serve(t)
	f.calls = []func() error{f.cut, done}
	erp, _ := f.open(t)
	ids := map[string]int{}
	for range 3 {
		if err := setStock(t.Context(), erp); err != nil {
			t.Fatal(err)
		}
	}
	for _, it := range f.bytes {
		ids[decoded(t, it, &erpsyncv1.SetStockRequest{}).RequestId]++
	}
	if len(f.bytes) != 4 || len(ids) != 3 {
		t.Errorf("three writes, one of them in two attempts, have the identities %v", ids)
	}
	for id := range ids {
		if len(id) != 36 || id[14] != '4' {
			t.Errorf("%q is no random UUID", id)
		}
	}
	if stated.RequestId != "" {
		t.Error("the caller's message was changed")
	}

	f.bytes = nil
	if _, err := erp.Stock().SetStock(t.Context(), &erpsyncv1.SetStockRequest{RequestId: "mine"}); err != nil {
		t.Fatal(err)
	}
	if id := decoded(t, f.bytes[0], &erpsyncv1.SetStockRequest{}).RequestId; id != "mine" {
		t.Errorf("the caller's identity became %q", id)
	}
	f.bytes = nil
	if _, err := erp.Stock().GetStock(t.Context(), &erpsyncv1.GetStockRequest{Sku: "MUG"}); err != nil {
		t.Fatal(err)
	}
	if got := decoded(t, f.bytes[0], &erpsyncv1.GetStockRequest{}); !proto.Equal(got, &erpsyncv1.GetStockRequest{Sku: "MUG"}) {
		t.Errorf("a read says %v", got)
	}
}

func TestRefusals(t *testing.T) {
	f := serve(t)
	erp, _ := f.open(t)
	fields := &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "readings[0].sku", Description: "is missing"}}}
	f.calls = []func() error{func() error {
		it, _ := status.New(codes.FailedPrecondition, "2 are missing").WithDetails(
			&errdetails.ErrorInfo{Domain: "erpsync", Reason: "INSUFFICIENT_STOCK", Metadata: map[string]string{"sku": "MUG"}}, fields, retryAfter(2*time.Second))
		return it.Err()
	}}
	err := setStock(t.Context(), erp)
	why, ok := AsRefusal(fmt.Errorf("wrapped: %w", err))
	if !ok {
		t.Fatalf("%v is no refusal", err)
	}
	got := fmt.Sprintf("%v %s %s %v %v %v", why.Code, why.Reason, why.Message, why.Metadata, why.Fields, why.RetryAfter)
	if want := "FailedPrecondition INSUFFICIENT_STOCK 2 are missing map[sku:MUG] [{readings[0].sku is missing}] 2s"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if !why.Because(erpsyncv1.Reason_REASON_INSUFFICIENT_STOCK) || why.Because(erpsyncv1.Reason_REASON_INVALID_STATE) {
		t.Error("it was for another reason")
	}
	if status.Code(err) != codes.FailedPrecondition || err.Error() != "FailedPrecondition INSUFFICIENT_STOCK: 2 are missing" {
		t.Errorf("as an error of gRPC: %v, %s", status.Code(err), err)
	}

	f.calls = []func() error{func() error { return refused(codes.FailedPrecondition, "OF_TOMORROW") }}
	why, ok = AsRefusal(setStock(t.Context(), erp))
	if !ok || why.Reason != "OF_TOMORROW" || why.Because(erpsyncv1.Reason_REASON_UNSPECIFIED) {
		t.Errorf("a reason that is not known yet: %v", why)
	}
	f.calls = []func() error{func() error {
		it, _ := status.New(codes.NotFound, "no such page").WithDetails(&errdetails.ErrorInfo{Domain: "proxy", Reason: "NO_ROUTE"})
		return it.Err()
	}}
	if err := setStock(t.Context(), erp); status.Code(err) != codes.NotFound {
		t.Errorf("what somebody else says: %v", err)
	} else if why, ok := AsRefusal(err); ok {
		t.Errorf("what somebody else says became %v", why)
	}
}
