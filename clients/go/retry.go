package erpsync

import (
	"context"
	"math/rand/v2"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	attemptsMax = 5
	waitMin     = 100 * time.Millisecond
	waitMax     = 5 * time.Second
	// The longest that is waited because the server says so.
	givenWaitMax = 30 * time.Second
)

// Makes a call until it is done, or saying the same again does not help, or it was said often enough.
func retry(ctx context.Context, call func() error) error {
	for failures := 1; ; failures++ {
		err := call()
		wait, helps := waitAfter(err, failures)
		if !helps || failures == attemptsMax {
			return err
		}
		// Who has no time left hears why it failed, not that time is over.
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
			return err
		}
		if err := pause(ctx, wait); err != nil {
			return status.FromContextError(err).Err()
		}
	}
}

// How long to wait before the same is said again, and whether that helps at all.
func waitAfter(err error, failures int) (wait time.Duration, helps bool) {
	if err == nil {
		return 0, false
	}
	why, refused := AsRefusal(err)
	var given time.Duration
	if refused {
		given = why.RetryAfter
	}
	switch status.Code(err) {
	case codes.Unavailable: // also a line that broke, or was never there
		helps = true
	case codes.DeadlineExceeded: // of the server: our own has no reason
		helps = refused
	case codes.ResourceExhausted:
		helps = given > 0
	}
	if given > 0 {
		return min(given, givenWaitMax), helps
	}
	return backOff(failures), helps
}

// 100 ms, 200 ms, 400 ms … 5 s, each shortened by chance by up to a half, so that many who lost the same server do not
// all come back at the same moment.
func backOff(failures int) time.Duration {
	wait := waitMax
	// The shift stays far below what a Duration holds.
	if failures <= 6 {
		wait = min(waitMin<<(failures-1), waitMax)
	}
	return wait - time.Duration(chance()*float64(wait)/2)
}

// Both are otherwise in tests: those wait for nothing, and leave nothing to chance.
var chance = rand.Float64

var pause = func(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
