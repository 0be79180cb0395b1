package erpsync

import "erpsync.dev/erpsync/gen/erpsyncv1"

// OrderID names an order by erpsync's id.
func OrderID(id string) *erpsyncv1.OrderReference {
	return &erpsyncv1.OrderReference{Reference: &erpsyncv1.OrderReference_OrderId{OrderId: id}}
}

// OrderNumber names an order by the number that a system has given it; an empty system is the caller itself.
func OrderNumber(system, number string) *erpsyncv1.OrderReference {
	return &erpsyncv1.OrderReference{Reference: &erpsyncv1.OrderReference_External{External: external(system, number)}}
}

// DocumentID names a shipment, invoice, return or credit note by erpsync's id.
func DocumentID(id string) *erpsyncv1.DocumentReference {
	return &erpsyncv1.DocumentReference{Reference: &erpsyncv1.DocumentReference_DocumentId{DocumentId: id}}
}

// DocumentNumber names a shipment, invoice, return or credit note by the number that a system has given it; an empty
// system is the caller itself.
func DocumentNumber(system, number string) *erpsyncv1.DocumentReference {
	return &erpsyncv1.DocumentReference{Reference: &erpsyncv1.DocumentReference_External{External: external(system, number)}}
}

func external(system, number string) *erpsyncv1.ExternalReference {
	return &erpsyncv1.ExternalReference{System: system, ExternalId: number}
}

// StartAfter begins a watch after the message whose token was stored last; where none was, with a snapshot.
func StartAfter(token string) *erpsyncv1.WatchStart {
	if token == "" {
		return &erpsyncv1.WatchStart{Start: &erpsyncv1.WatchStart_Snapshot{Snapshot: true}}
	}
	return &erpsyncv1.WatchStart{Start: &erpsyncv1.WatchStart_ResumeToken{ResumeToken: token}}
}

// StartNow begins a watch with what changes from now on.
func StartNow() *erpsyncv1.WatchStart {
	return &erpsyncv1.WatchStart{Start: &erpsyncv1.WatchStart_Now{Now: true}}
}
