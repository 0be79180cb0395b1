package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"erpsync.dev/erpsync"
)

// A method of a generated client: of `OrderService.SubmitOrder` what `connection.Orders().SubmitOrder` is.
type method struct{ reflect.Value }

func find(connection *erpsync.Connection, name string) (method, error) {
	service, verb, _ := strings.Cut(name, ".")
	it := reflect.ValueOf(connection)
	for n := range it.NumMethod() {
		if client := it.Type().Method(n).Type; client.NumIn() == 1 && client.NumOut() == 1 && client.Out(0).Name() == service+"Client" {
			if found := it.Method(n).Call(nil)[0].MethodByName(verb); found.IsValid() {
				return method{found}, nil
			}
		}
	}
	return method{}, fmt.Errorf("there is no %s", name)
}

func (m method) request(text json.RawMessage) (proto.Message, error) {
	request := reflect.New(m.Type().In(1).Elem()).Interface().(proto.Message)
	if len(text) == 0 {
		return request, nil
	}
	return request, protojson.Unmarshal(text, request)
}

func (m method) do(ctx context.Context, request proto.Message) (any, error) {
	out := m.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(request)})
	err, _ := out[1].Interface().(error)
	return out[0].Interface(), err
}

func call(ctx context.Context, connection *erpsync.Connection, name string, text json.RawMessage) (any, error) {
	method, err := find(connection, name)
	if err != nil {
		return nil, err
	}
	request, err := method.request(text)
	if err != nil {
		return nil, err
	}
	answer, err := method.do(ctx, request)
	if err != nil {
		return nil, err
	}
	return plain(answer)
}

func list(ctx context.Context, connection *erpsync.Connection, name, field string, text json.RawMessage) (any, error) {
	method, err := find(connection, name)
	if err != nil {
		return nil, err
	}
	request, err := method.request(text)
	if err != nil {
		return nil, err
	}
	page := func(ctx context.Context, request proto.Message, _ ...grpc.CallOption) (erpsync.Page, error) {
		answer, err := method.do(ctx, request)
		if err != nil {
			return nil, err
		}
		return answer.(erpsync.Page), nil
	}
	items := func(page erpsync.Page) []proto.Message {
		it := page.(proto.Message).ProtoReflect()
		return repeated(it, it.Descriptor().Fields().ByJSONName(field))
	}
	all := []any{}
	for item, err := range erpsync.All(ctx, page, request, items) {
		if err != nil {
			return nil, err
		}
		it, err := plain(item)
		if err != nil {
			return nil, err
		}
		all = append(all, it)
	}
	return all, nil
}

func rawStream(ctx context.Context, connection *erpsync.Connection, name string, text json.RawMessage) (answer, last any, err error) {
	method, err := find(connection, name)
	if err != nil {
		return nil, nil, err
	}
	request, err := method.request(text)
	if err != nil {
		return nil, nil, err
	}
	began, err := method.do(ctx, request)
	if err != nil {
		return nil, nil, err
	}
	messages := []any{}
	for {
		message, err := stream{reflect.ValueOf(began)}.Recv()
		if err == io.EOF {
			return messages, last, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if last, err = plain(message); err != nil {
			return nil, nil, err
		}
		messages = append(messages, last)
	}
}

func (p *player) watch(ctx context.Context, connection *erpsync.Connection, it step) (answer, last any, err error) {
	method, err := find(connection, it.Watch)
	if err != nil {
		return nil, nil, err
	}
	request, err := method.request(it.Request)
	if err != nil {
		return nil, nil, err
	}
	open := func(ctx context.Context, request erpsync.Watchable, _ ...grpc.CallOption) (stream, error) {
		began, err := method.do(ctx, request)
		return stream{reflect.ValueOf(began)}, err
	}
	entries := []any{}
	for message, err := range erpsync.Watch(ctx, open, request.(erpsync.Watchable)) {
		if err != nil {
			return nil, nil, err
		}
		if last, err = plain(message); err != nil {
			return nil, nil, err
		}
		for _, entry := range entriesOf(message.ProtoReflect()) {
			if len(entries) == it.Take {
				break
			}
			told, err := plain(entry)
			if err != nil {
				return nil, nil, err
			}
			entries = append(entries, told)
			if err := p.during(ctx, it, len(entries)); err != nil {
				return nil, nil, err
			}
		}
		if len(entries) == it.Take {
			break
		}
	}
	return entries, last, nil
}

// What happens once so many entries were taken.
func (p *player) during(ctx context.Context, it step, taken int) error {
	if taken == it.CutAfter {
		if err := p.accident("cut"); err != nil {
			return err
		}
	}
	if it.Meanwhile == nil || taken != it.Meanwhile.After {
		return nil
	}
	_, err := call(ctx, p.connections[it.Meanwhile.As], it.Meanwhile.Call, it.Meanwhile.Request)
	return err
}

// A message of any watch.
type told interface {
	proto.Message
	erpsync.Told
}

// A stream of any watch.
type stream struct{ reflect.Value }

func (s stream) Recv() (told, error) {
	out := s.MethodByName("Recv").Call(nil)
	if err, _ := out[1].Interface().(error); err != nil {
		return nil, err
	}
	return out[0].Interface().(told), nil
}

// The entries of the message of a watch: those of a chunk of a snapshot, or what has changed.
func entriesOf(message protoreflect.Message) []proto.Message {
	event := message.WhichOneof(message.Descriptor().Oneofs().ByName("event"))
	if event == nil || event.Name() != "snapshot_chunk" && event.Name() != "changes" {
		return nil
	}
	part := message.Get(event).Message()
	for n := range part.Descriptor().Fields().Len() {
		if field := part.Descriptor().Fields().Get(n); field.IsList() {
			return repeated(part, field)
		}
	}
	return nil
}

func repeated(message protoreflect.Message, field protoreflect.FieldDescriptor) (items []proto.Message) {
	all := message.Get(field).List()
	for n := range all.Len() {
		items = append(items, all.Get(n).Message().Interface())
	}
	return items
}

// A message as the table has it: proto3 JSON, read as JSON.
func plain(message any) (it any, err error) {
	text, err := protojson.Marshal(message.(proto.Message))
	if err != nil {
		return nil, err
	}
	return it, json.Unmarshal(text, &it)
}
