// The shop submits an order of two lines.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"erpsync.dev/erpsync"
	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func main() {
	ctx := context.Background()
	shop, err := erpsync.Open(ctx, os.Getenv("ERPSYNC_ADDRESS"), os.Getenv("ERPSYNC_SHOP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer shop.Close()

	answer, err := shop.Orders().SubmitOrder(ctx, &erpsyncv1.SubmitOrderRequest{
		ExternalOrderId: "4711",
		CurrencyCode:    "EUR",
		PriceMode:       erpsyncv1.PriceMode_PRICE_MODE_GROSS,
		RoundingMode:    erpsyncv1.RoundingMode_ROUNDING_MODE_LINE,
		Lines: []*erpsyncv1.OrderLine{
			{LineId: "1", Sku: "MUG", Quantity: "2", UnitPrice: "9.95", Amount: "19.90"},
			{LineId: "2", Sku: "CUP", Quantity: "1.5", UnitPrice: "4.00", Amount: "6.00"},
		},
		Total: "25.90",
	})
	if why, ok := erpsync.AsRefusal(err); ok && why.Because(erpsyncv1.Reason_REASON_INSUFFICIENT_STOCK) {
		fmt.Println("too little of", why.Metadata["sku"], "is there:", why.Message)
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	for _, promise := range answer.Promises {
		fmt.Println("line", promise.LineId, "is promised:", promise.Reserved, "at", promise.Location)
	}
}
