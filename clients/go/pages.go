package erpsync

import (
	"context"
	"iter"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Page is an answer that has more to follow.
type Page interface {
	GetNextPageToken() string
}

// All is a list without pages: each item in turn, however many pages they come in. `items` says which field of the
// answer they are.
//
//	orders := erpsync.All(ctx, shop.Orders().ListOrders, request, (*erpsyncv1.ListOrdersResponse).GetOrders)
//	for order, err := range orders {
//		if err != nil {
//			return err
//		}
//		…
//	}
//
// An error is the last that is handed over.
func All[Request proto.Message, Answer Page, Item any](
	ctx context.Context,
	list func(context.Context, Request, ...grpc.CallOption) (Answer, error),
	request Request,
	items func(Answer) []Item,
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var none Item
		request := proto.Clone(request).(Request)
		for {
			page, err := list(ctx, request)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items(page) {
				if !yield(item, nil) {
					return
				}
			}
			if page.GetNextPageToken() == "" {
				return
			}
			it := request.ProtoReflect()
			it.Set(it.Descriptor().Fields().ByName("page_token"), protoreflect.ValueOfString(page.GetNextPageToken()))
		}
	}
}
