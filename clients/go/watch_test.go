package erpsync

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func message(token string) *erpsyncv1.WatchStockResponse {
	beat := &erpsyncv1.WatchStockResponse_Heartbeat{Heartbeat: &erpsyncv1.Heartbeat{}}
	return &erpsyncv1.WatchStockResponse{ResumeToken: token, Event: beat}
}

func goingAway(token string, delay time.Duration) *erpsyncv1.WatchStockResponse {
	away := &erpsyncv1.GoingAway{RetryDelay: durationpb.New(delay)}
	return &erpsyncv1.WatchStockResponse{ResumeToken: token, Event: &erpsyncv1.WatchStockResponse_GoingAway{GoingAway: away}}
}

// A stream that tells messages with these tokens, and then ends so.
func tells(tokens string, end func() error) func(*watching) error {
	return func(w *watching) error {
		for _, it := range strings.Fields(tokens) {
			w.tell(message(it))
		}
		return end()
	}
}

// A stream that stays up until its reader is gone.
func stays(tokens string) func(*watching) error {
	return func(w *watching) error {
		return tells(tokens, func() error { <-w.stream.Context().Done(); return nil })(w)
	}
}

func ends(err error) func() error { return func() error { return err } }

func TestWatchResumes(t *testing.T) {
	unavailable := refused(codes.Unavailable, "SHUTTING_DOWN")
	for _, it := range []struct {
		name    string
		streams func(*fake) []func(*watching) error
		// The tokens that are handed over, where each stream was asked to begin, and what was waited between.
		told, starts, waits string
		// How it ends; nil: it does not, and is left after the last token.
		reason string
	}{
		{"the line breaks", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("a b", func() error { <-f.taken("b"); return f.cut() }), stays("c")}
		}, "a b c", "snapshot b", "100ms", ""},
		{"the server goes away", func(f *fake) []func(*watching) error {
			return []func(*watching) error{func(w *watching) error {
				w.tell(message("a"), goingAway("b", 7*time.Second))
				<-w.stream.Context().Done()
				return nil
			}, stays("c")}
		}, "a b c", "snapshot b", "7s", ""},
		{"the server goes away for a day", func(f *fake) []func(*watching) error {
			return []func(*watching) error{func(w *watching) error { w.tell(goingAway("a", 24*time.Hour)); return nil }, stays("b")}
		}, "a b", "snapshot a", "30s", ""},
		{"the server goes away, and does not say for how long", func(f *fake) []func(*watching) error {
			return []func(*watching) error{func(w *watching) error { w.tell(goingAway("a", 0)); return nil }, stays("b")}
		}, "a b", "snapshot a", "100ms", ""},
		{"the reader was too slow", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("a b", ends(refused(codes.ResourceExhausted, "SLOW_CONSUMER"))), stays("c")}
		}, "a b c", "snapshot b", "100ms", ""},
		{"it ends without a word", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("a", done), stays("b")}
		}, "a b", "snapshot a", "100ms", ""},
		{"a message has no token", func(f *fake) []func(*watching) error {
			return []func(*watching) error{func(w *watching) error { w.tell(message("a"), message("")); return nil }, stays("b")}
		}, "a  b", "snapshot a", "100ms", ""},
		{"it ends before the first word", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("", done), stays("a")}
		}, "a", "snapshot snapshot", "100ms", ""},
		{"the server is away for long", func(f *fake) []func(*watching) error {
			end := tells("", ends(unavailable))
			return []func(*watching) error{tells("a", ends(unavailable)), end, end, end, end, end, end, tells("b", ends(unavailable)), stays("c")}
		}, "a b c", "snapshot a a a a a a a b", "100ms 200ms 400ms 800ms 1.6s 3.2s 5s 100ms", ""},
		{"too many streams at once", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("", ends(refused(codes.ResourceExhausted, "RATE_LIMITED", retryAfter(9*time.Second)))), stays("a")}
		}, "a", "snapshot snapshot", "9s", ""},
		{"the log does not reach back", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("a", done), tells("", ends(refused(codes.OutOfRange, "RESUME_TOKEN_EXPIRED")))}
		}, "a", "snapshot a", "100ms", "RESUME_TOKEN_EXPIRED"},
		{"the token is revoked", func(f *fake) []func(*watching) error {
			return []func(*watching) error{tells("a b", ends(refused(codes.Unauthenticated, "TOKEN_INVALID")))}
		}, "a b", "snapshot", "", "TOKEN_INVALID"},
	} {
		t.Run(it.name, func(t *testing.T) {
			f := serve(t)
			f.watches = it.streams(f)
			shop, waits := f.open(t)
			request := &erpsyncv1.WatchStockRequest{Start: &erpsyncv1.WatchStart{
				Start:             &erpsyncv1.WatchStart_Snapshot{Snapshot: true},
				HeartbeatInterval: durationpb.New(3 * time.Second),
				OnExpired:         erpsyncv1.OnExpired_ON_EXPIRED_ERROR,
			}}
			told := []string{}
			var end error
			for message, err := range Watch(t.Context(), shop.Stock().WatchStock, request) {
				if end != nil {
					t.Errorf("told after the end: %v, %v", message, err)
				}
				if end = err; end != nil {
					continue
				}
				told = append(told, message.ResumeToken)
				close(f.taken(message.ResumeToken))
				if it.reason == "" && strings.Join(told, " ") == it.told {
					break
				}
			}
			if got := strings.Join(told, " "); got != it.told {
				t.Errorf("told %q", got)
			}
			why, _ := AsRefusal(end)
			if it.reason == "" && end != nil || it.reason != "" && (why == nil || why.Reason != it.reason) {
				t.Errorf("ends with %v", end)
			}
			check(t, *waits, it.waits)
			f.mutex.Lock()
			defer f.mutex.Unlock()
			starts := []string{}
			for _, start := range f.starts {
				starts = append(starts, cmp.Or(start.GetResumeToken(), "snapshot"))
				if start.HeartbeatInterval.AsDuration() != 3*time.Second || start.OnExpired != erpsyncv1.OnExpired_ON_EXPIRED_ERROR {
					t.Errorf("a stream begins with %v", start)
				}
			}
			if got := strings.Join(starts, " "); got != it.starts {
				t.Errorf("begins with %q", got)
			}
			if request.Start.GetResumeToken() != "" {
				t.Error("the caller's message was changed")
			}
		})
	}
}

func TestWatchWithoutAStart(t *testing.T) {
	f := serve(t)
	f.watches = []func(*watching) error{tells("a", done), stays("b")}
	shop, _ := f.open(t)
	for message := range Watch(t.Context(), shop.Stock().WatchStock, &erpsyncv1.WatchStockRequest{}) {
		if message.GetResumeToken() == "b" {
			break
		}
	}
	if got := fmt.Sprint(f.starts[0], " ", f.starts[1].GetResumeToken()); got != "<nil> a" {
		t.Errorf("begins with %s", got)
	}
}

func TestWatchEndsAtTheServerWhenItsLoopIsLeft(t *testing.T) {
	f := serve(t)
	gone := make(chan struct{})
	f.watches = []func(*watching) error{func(w *watching) error {
		defer close(gone)
		return stays("a")(w)
	}}
	shop, _ := f.open(t)
	for range Watch(t.Context(), shop.Stock().WatchStock, &erpsyncv1.WatchStockRequest{}) {
		break
	}
	<-gone
}

func TestWatchEndsWithItsContext(t *testing.T) {
	f := serve(t)
	f.watches = []func(*watching) error{stays("a")}
	shop, waits := f.open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var end error
	for _, err := range Watch(ctx, shop.Stock().WatchStock, &erpsyncv1.WatchStockRequest{}) {
		end = err
		cancel()
	}
	if end != context.Canceled {
		t.Errorf("ends with %v", end)
	}
	check(t, *waits, "")
}

func TestStreamsRefuseInTheSameWay(t *testing.T) {
	f := serve(t)
	f.watches = []func(*watching) error{tells("", ends(refused(codes.OutOfRange, "RESUME_TOKEN_FOREIGN")))}
	shop, _ := f.open(t)
	stream, err := shop.Stock().WatchStock(t.Context(), &erpsyncv1.WatchStockRequest{})
	if err == nil {
		_, err = stream.Recv()
	}
	if why, ok := AsRefusal(err); !ok || why.Reason != "RESUME_TOKEN_FOREIGN" || status.Code(err) != codes.OutOfRange {
		t.Errorf("ends with %v", err)
	}
}
