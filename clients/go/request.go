package erpsync

import (
	"crypto/rand"
	"fmt"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// A request as all attempts send it: the same bytes, with the same identity.
type encoded struct {
	proto.Message // as the caller has it, for interceptors
	bytes         []byte
	// Whether the server may wait for news before it answers.
	waits bool
}

func encode(request any) (*encoded, error) {
	message, ok := request.(proto.Message)
	if !ok {
		return nil, fmt.Errorf("erpsync: a request is a protobuf message, and no %T", request)
	}
	bytes, err := proto.Marshal(message)
	if err != nil {
		return nil, fmt.Errorf("erpsync: cannot encode the request: %w", err)
	}
	it := message.ProtoReflect()
	fields := it.Descriptor().Fields()
	// The caller's message stays as it is: who fills it anew for the next write does not repeat an old identity.
	if id := fields.ByName("request_id"); id != nil && id.Kind() == protoreflect.StringKind && !it.Has(id) {
		bytes = protowire.AppendTag(bytes, id.Number(), protowire.BytesType)
		bytes = protowire.AppendString(bytes, NewRequestID())
	}
	return &encoded{Message: message, bytes: bytes, waits: fields.ByName("wait") != nil}, nil
}

// NewRequestID makes an identity for a write: a random UUID. Requests without one get one by themselves; make it
// yourself where it is to be stored before the call, so that the call can be repeated after a restart.
func NewRequestID() string {
	var id [16]byte
	rand.Read(id[:]) // never fails: crypto/rand ends the program instead
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// Sends what is encoded already, and reads answers as gRPC does.
type codec struct{}

func (codec) Name() string { return "proto" }

func (codec) Marshal(message any) (mem.BufferSlice, error) {
	request, ok := message.(*encoded)
	if !ok {
		return nil, fmt.Errorf("erpsync: %T is not encoded", message)
	}
	return mem.BufferSlice{mem.SliceBuffer(request.bytes)}, nil
}

func (codec) Unmarshal(data mem.BufferSlice, message any) error {
	answer, ok := message.(proto.Message)
	if !ok {
		return fmt.Errorf("erpsync: an answer is a protobuf message, and no %T", message)
	}
	return proto.Unmarshal(data.Materialize(), answer)
}
