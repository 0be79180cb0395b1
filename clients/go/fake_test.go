package erpsync

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec that records
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

// A server that answers as a test tells it to: each call with the next answer, the last one for ever.
type fake struct {
	erpsyncv1.UnimplementedStockServiceServer
	erpsyncv1.UnimplementedInboxServiceServer
	erpsyncv1.UnimplementedServerInfoServiceServer

	address string
	calls   []func() error
	watches []func(*watching) error
	lists   map[string]*erpsyncv1.ListStockResponse

	mutex       sync.Mutex
	connections []net.Conn
	heard       map[string]chan struct{}
	// What came: the bytes of requests, tokens, how much time was given.
	bytes  [][]byte
	starts []*erpsyncv1.WatchStart
	tokens []string
	given  []time.Duration
}

// One stream of a watch, at the server.
type watching struct {
	*fake
	stream grpc.ServerStreamingServer[erpsyncv1.WatchStockResponse]
}

func (w *watching) tell(messages ...*erpsyncv1.WatchStockResponse) {
	for _, it := range messages {
		if w.stream.Send(it) != nil {
			return
		}
	}
}

func serve(t *testing.T, options ...grpc.ServerOption) *fake {
	t.Helper()
	f := &fake{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.address = "http://" + listener.Addr().String()
	server := grpc.NewServer(append(options, grpc.ForceServerCodecV2(recording{encoding.GetCodecV2("proto"), f}))...)
	erpsyncv1.RegisterStockServiceServer(server, f)
	erpsyncv1.RegisterInboxServiceServer(server, f)
	erpsyncv1.RegisterServerInfoServiceServer(server, f)
	go server.Serve(remembering{listener, f})
	t.Cleanup(server.Stop)
	return f
}

// A connection to the fake server, and the waits that its calls make: they are noted and not made.
func (f *fake) open(t *testing.T, options ...Option) (*Connection, *[]time.Duration) {
	t.Helper()
	waits := noted(t)
	connection, err := Open(t.Context(), f.address, "esk_1_secret", options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	f.bytes = nil // of the greeting
	return connection, waits
}

func noted(t *testing.T) *[]time.Duration {
	waits, pauseBefore, chanceBefore := &[]time.Duration{}, pause, chance
	pause = func(ctx context.Context, wait time.Duration) error {
		*waits = append(*waits, wait)
		return ctx.Err()
	}
	chance = func() float64 { return 0 }
	t.Cleanup(func() { pause, chance = pauseBefore, chanceBefore })
	return waits
}

// The reader has taken a message: closed once it has, so that nothing is cut off before it came.
func (f *fake) taken(token string) chan struct{} {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.heard == nil {
		f.heard = map[string]chan struct{}{}
	}
	if f.heard[token] == nil {
		f.heard[token] = make(chan struct{})
	}
	return f.heard[token]
}

// Closes all connections, as a line does that breaks.
func (f *fake) cut() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, it := range f.connections {
		it.Close()
	}
	f.connections = nil
	return status.Error(codes.Aborted, "nobody hears this")
}

func (f *fake) answer(ctx context.Context) error {
	f.mutex.Lock()
	caller, _ := metadata.FromIncomingContext(ctx)
	f.tokens = append(f.tokens, caller.Get("authorization")...)
	end, _ := ctx.Deadline()
	f.given = append(f.given, time.Until(end))
	call := f.calls[0]
	if len(f.calls) > 1 {
		f.calls = f.calls[1:]
	}
	f.mutex.Unlock()
	return call()
}

func (f *fake) SetStock(ctx context.Context, _ *erpsyncv1.SetStockRequest) (*erpsyncv1.SetStockResponse, error) {
	return &erpsyncv1.SetStockResponse{Revision: 7}, f.answer(ctx)
}

func (f *fake) GetStock(ctx context.Context, _ *erpsyncv1.GetStockRequest) (*erpsyncv1.GetStockResponse, error) {
	return &erpsyncv1.GetStockResponse{Level: &erpsyncv1.StockLevel{Sku: "MUG"}}, f.answer(ctx)
}

func (f *fake) ReadStockChanges(ctx context.Context, _ *erpsyncv1.ReadStockChangesRequest) (*erpsyncv1.ReadStockChangesResponse, error) {
	return &erpsyncv1.ReadStockChangesResponse{}, f.answer(ctx)
}

func (f *fake) LeaseTasks(ctx context.Context, _ *erpsyncv1.LeaseTasksRequest) (*erpsyncv1.LeaseTasksResponse, error) {
	return &erpsyncv1.LeaseTasksResponse{}, f.answer(ctx)
}

func (f *fake) ListStock(_ context.Context, request *erpsyncv1.ListStockRequest) (*erpsyncv1.ListStockResponse, error) {
	if page, ok := f.lists[request.Sku+request.PageToken]; ok {
		return page, nil
	}
	return nil, refused(codes.InvalidArgument, "PAGE_TOKEN_INVALID")
}

func (f *fake) WatchStock(request *erpsyncv1.WatchStockRequest, stream grpc.ServerStreamingServer[erpsyncv1.WatchStockResponse]) error {
	f.mutex.Lock()
	f.starts = append(f.starts, request.Start)
	watch := f.watches[0]
	if len(f.watches) > 1 {
		f.watches = f.watches[1:]
	}
	f.mutex.Unlock()
	return watch(&watching{f, stream})
}

func done() error { return nil }

// A refusal as the server makes it.
func refused(code codes.Code, reason string, details ...protoadapt.MessageV1) error {
	info := &errdetails.ErrorInfo{Domain: "erpsync", Reason: reason}
	it, err := status.New(code, "because").WithDetails(append([]protoadapt.MessageV1{info}, details...)...)
	if err != nil {
		return err
	}
	return it.Err()
}

func retryAfter(delay time.Duration) *errdetails.RetryInfo {
	return &errdetails.RetryInfo{RetryDelay: durationpb.New(delay)}
}

// The codec of gRPC, which also keeps what came.
type recording struct {
	encoding.CodecV2
	fake *fake
}

func (r recording) Unmarshal(data mem.BufferSlice, message any) error {
	r.fake.mutex.Lock()
	r.fake.bytes = append(r.fake.bytes, data.Materialize())
	r.fake.mutex.Unlock()
	return r.CodecV2.Unmarshal(data, message)
}

// The listener, which also keeps the connections.
type remembering struct {
	net.Listener
	fake *fake
}

func (r remembering) Accept() (net.Conn, error) {
	it, err := r.Listener.Accept()
	if err == nil {
		r.fake.mutex.Lock()
		r.fake.connections = append(r.fake.connections, it)
		r.fake.mutex.Unlock()
	}
	return it, err
}

func decoded[M proto.Message](t *testing.T, bytes []byte, into M) M {
	t.Helper()
	if err := proto.Unmarshal(bytes, into); err != nil {
		t.Fatal(err)
	}
	return into
}
