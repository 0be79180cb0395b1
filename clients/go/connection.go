// Package erpsync is the Go client of erpsync.
//
// A [Connection] speaks to one server in the name of one system. Every service of the API is one call away through its
// generated client, whose messages are in the package erpsyncv1 beside this one:
//
//	shop, err := erpsync.Open(ctx, "https://erpsync.example", token)
//	…
//	answer, err := shop.Stock().GetStock(ctx, &erpsyncv1.GetStockRequest{Sku: "MUG"})
//
// Single calls are repeated where that helps, because every write has an identity and reads change nothing. What the
// server refuses is a [*Refusal]. [Watch] is a stream of changes that resumes by itself, [All] a list without pages.
package erpsync

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const (
	connectTimeout = 5 * time.Second
	// Answers are at most 1 MiB by contract; the room above is for parts that cannot be split.
	answerBytesMax = 16 << 20
)

// A Connection is a channel to one server, in the name of one system. It may be used by many goroutines at once.
//
// It is a [grpc.ClientConnInterface]: whoever has generated code of his own from the same proto files hands it to that.
type Connection struct {
	channel  *grpc.ClientConn
	token    string
	deadline time.Duration
}

// An Option changes how a connection is opened.
type Option func(*options)

type options struct {
	authorities string
	tls         *tls.Config
	deadline    time.Duration
	dial        []grpc.DialOption
}

// WithAuthorities trusts the authorities in a file of PEM certificates instead of the system's.
func WithAuthorities(file string) Option {
	return func(it *options) { it.authorities = file }
}

// WithTLS uses this configuration of TLS: for a certificate of the client's own, say.
func WithTLS(config *tls.Config) Option {
	return func(it *options) { it.tls = config }
}

// WithDeadline makes single calls wait so long instead of 10 s, and instead of 30 s where they may wait for news.
// A deadline of the context counts before either.
func WithDeadline(deadline time.Duration) Option {
	return func(it *options) { it.deadline = deadline }
}

// WithDialOptions hands options to gRPC: interceptors for traces, say.
func WithDialOptions(dial ...grpc.DialOption) Option {
	return func(it *options) { it.dial = append(it.dial, dial...) }
}

// Open connects to an address, `http://host:port` (plain text) or `https://host[:port]` (TLS), with a token. It fails
// where nobody answers there; whether the token is good shows with the first call.
func Open(ctx context.Context, address, token string, opts ...Option) (*Connection, error) {
	var chosen options
	for _, it := range opts {
		it(&chosen)
	}
	target, security, err := resolve(address, chosen)
	if err != nil {
		return nil, err
	}
	if token == "" {
		return nil, errors.New("erpsync: no token was given (is the variable set?)")
	}
	for _, it := range token {
		if it <= ' ' || '~' < it {
			return nil, errors.New("erpsync: this is not a token: it has other than visible ASCII characters")
		}
	}
	channel, err := grpc.NewClient(target, append(settings(security), chosen.dial...)...)
	if err != nil {
		return nil, fmt.Errorf("erpsync: %q is no address: %w", address, err)
	}
	connection := &Connection{channel: channel, token: token, deadline: chosen.deadline}
	if err := connection.reach(ctx); err != nil {
		channel.Close()
		hint := ""
		if strings.Contains(err.Error(), "does not look like a TLS handshake") {
			hint = " (does it speak plain text? then its address is http://…)"
		}
		return nil, fmt.Errorf("erpsync: nobody answers at %s: %w%s", address, err, hint)
	}
	return connection, nil
}

// WithToken is the same channel in the name of another system; with an empty token, of nobody. Either is closed with the other.
func (c *Connection) WithToken(token string) *Connection {
	return &Connection{channel: c.channel, token: token, deadline: c.deadline}
}

// Close ends the channel, and the calls that are under way.
func (c *Connection) Close() error {
	return c.channel.Close()
}

// Invoke makes a single call, as generated clients do.
func (c *Connection) Invoke(ctx context.Context, method string, request, answer any, opts ...grpc.CallOption) error {
	message, err := encode(request)
	if err != nil {
		return err
	}
	ctx = c.authorized(ctx)
	opts = append(opts[:len(opts):len(opts)], grpc.ForceCodecV2(codec{}))
	return retry(ctx, func() error {
		ctx, cancel := c.limited(ctx, message)
		defer cancel()
		return refusal(c.channel.Invoke(ctx, method, message, answer, opts...))
	})
}

// NewStream begins a stream, as generated clients do. It is not resumed: [Watch] does that.
func (c *Connection) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	stream, err := c.channel.NewStream(c.authorized(ctx), desc, method, opts...)
	if err != nil {
		return nil, refusal(err)
	}
	return refusingStream{stream}, nil
}

func (c *Connection) authorized(ctx context.Context) context.Context {
	if c.token == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+c.token)
}

// How long one attempt may take.
func (c *Connection) limited(ctx context.Context, message *encoded) (context.Context, context.CancelFunc) {
	if _, told := ctx.Deadline(); told {
		return context.WithCancel(ctx)
	}
	deadline := 10 * time.Second
	if message.waits {
		deadline = 30 * time.Second
	}
	if c.deadline > 0 {
		deadline = c.deadline
	}
	return context.WithTimeout(ctx, deadline)
}

// Asks whether somebody is there. Any answer is a good one: health is for those who balance loads.
func (c *Connection) reach(ctx context.Context) error {
	_, err := grpc_health_v1.NewHealthClient(c).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	if _, refused := AsRefusal(err); refused {
		return nil
	}
	switch status.Code(err) {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled:
		return err
	}
	return nil
}

func resolve(address string, chosen options) (target string, security credentials.TransportCredentials, err error) {
	parts, err := url.Parse(address)
	if err != nil || parts.Hostname() == "" || strings.Trim(parts.Path, "/") != "" {
		return "", nil, fmt.Errorf("erpsync: %q is no address; one looks like https://erpsync.example or http://127.0.0.1:7443", address)
	}
	port := parts.Port()
	switch parts.Scheme {
	case "http":
		if chosen.tls != nil || chosen.authorities != "" {
			return "", nil, fmt.Errorf("erpsync: %s is plain text; with TLS it is https://%s", address, parts.Host)
		}
		if port == "" {
			port = "80"
		}
		security = insecure.NewCredentials()
	case "https":
		if port == "" {
			port = "443"
		}
		config, err := secured(chosen)
		if err != nil {
			return "", nil, err
		}
		security = credentials.NewTLS(config)
	default:
		return "", nil, fmt.Errorf("erpsync: %q is no address: it begins with http:// or https://", address)
	}
	return "dns:///" + net.JoinHostPort(parts.Hostname(), port), security, nil
}

func secured(chosen options) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if chosen.tls != nil {
		config = chosen.tls.Clone()
	}
	if chosen.authorities == "" {
		return config, nil
	}
	pem, err := os.ReadFile(chosen.authorities)
	if err != nil {
		return nil, fmt.Errorf("erpsync: cannot read the authorities: %w", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("erpsync: %s has no certificate in PEM", chosen.authorities)
	}
	return config, nil
}

func settings(security credentials.TransportCredentials) []grpc.DialOption {
	// The channel connects again with the same waits as calls are made again: were its own longer, the attempts of a
	// call would be over before the line is tried.
	again := backoff.Config{BaseDelay: waitMin, Multiplier: 2, Jitter: 0.2, MaxDelay: waitMax}
	return []grpc.DialOption{
		grpc.WithTransportCredentials(security),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: again, MinConnectTimeout: connectTimeout}),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 20 * time.Second, Timeout: 10 * time.Second, PermitWithoutStream: true}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(answerBytesMax)),
		grpc.WithUserAgent("erpsync-go"),
		// What is safe to repeat is known here, and to no service config.
		grpc.WithDisableRetry(),
		grpc.WithDisableServiceConfig(),
	}
}

// A stream whose errors are refusals.
type refusingStream struct {
	grpc.ClientStream
}

func (s refusingStream) RecvMsg(message any) error {
	return refusal(s.ClientStream.RecvMsg(message))
}
