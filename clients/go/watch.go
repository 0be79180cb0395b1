package erpsync

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

// Watchable is a message that watches begin with: it says where.
type Watchable interface {
	proto.Message
	GetStart() *erpsyncv1.WatchStart
}

// Told is a message of a watch.
type Told interface {
	GetResumeToken() string
	GetGoingAway() *erpsyncv1.GoingAway
}

// Watch is a stream of changes without end: it resumes by itself where the line breaks, the server goes away or the
// reader was too slow. It hands over all messages, heartbeats too.
//
//	for message, err := range erpsync.Watch(ctx, shop.Stock().WatchStock, request) {
//		if err != nil {
//			return err
//		}
//		… apply what it says, and then store message.ResumeToken …
//	}
//
// Who begins again starts with the stored token. It ends when the loop is left; or with an error, which is the last that
// is handed over: when the context ends, or with a refusal that no waiting mends.
func Watch[Request Watchable, Message Told, Stream interface{ Recv() (Message, error) }](
	ctx context.Context,
	open func(context.Context, Request, ...grpc.CallOption) (Stream, error),
	request Request,
) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		var none Message
		request := proto.Clone(request).(Request)
		failures := 0
		for {
			err := listen(ctx, open, request, func(message Message) bool {
				failures = 0
				goesOn := yield(message, nil)
				resumeAfter(request, message.GetResumeToken())
				return goesOn
			})
			if err == errLeft {
				return
			}
			if ctx.Err() != nil {
				yield(none, ctx.Err())
				return
			}
			failures++
			wait, helps := waitBeforeResuming(err, failures)
			if !helps {
				yield(none, err)
				return
			}
			if err := pause(ctx, wait); err != nil {
				yield(none, err)
				return
			}
		}
	}
}

// The loop over a watch was left.
var errLeft = errors.New("left")

// The server goes away, and says when to come back.
type goneAway struct{ delay time.Duration }

func (goneAway) Error() string { return "the server goes away" }

// Hands over what one stream tells, and answers why it ended.
func listen[Request Watchable, Message Told, Stream interface{ Recv() (Message, error) }](
	ctx context.Context,
	open func(context.Context, Request, ...grpc.CallOption) (Stream, error),
	request Request,
	hand func(Message) bool,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := open(ctx, request)
	if err != nil {
		return err
	}
	for {
		message, err := stream.Recv()
		if err != nil {
			return err
		}
		if !hand(message) {
			return errLeft
		}
		if away := message.GetGoingAway(); away != nil {
			return goneAway{away.GetRetryDelay().AsDuration()}
		}
	}
}

// Lets the next stream begin after a token, and keeps what else the request says of its start.
func resumeAfter(request Watchable, token string) {
	if token == "" {
		return
	}
	it := request.ProtoReflect()
	start := it.Mutable(it.Descriptor().Fields().ByName("start")).Message().Interface().(*erpsyncv1.WatchStart)
	start.Start = StartAfter(token).Start
}

func waitBeforeResuming(err error, failures int) (wait time.Duration, helps bool) {
	if away, ok := err.(goneAway); ok {
		if away.delay > 0 {
			return min(away.delay, givenWaitMax), true
		}
		return backOff(failures), true
	}
	wait, helps = waitAfter(err, failures)
	why, refused := AsRefusal(err)
	// A watch has no end: one that ends without a word was cut off.
	return wait, helps || err == io.EOF || refused && why.Because(erpsyncv1.Reason_REASON_SLOW_CONSUMER)
}
