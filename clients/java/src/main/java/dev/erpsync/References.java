package dev.erpsync;

import dev.erpsync.v1.DocumentReference;
import dev.erpsync.v1.ExternalReference;
import dev.erpsync.v1.OrderReference;

/** Orders and documents by name. */
public final class References {
    private References() {}

    /** An order by erpsync's id. */
    public static OrderReference orderId(String id) {
        return OrderReference.newBuilder().setOrderId(id).build();
    }

    /** An order by the number that the caller itself has given it. */
    public static OrderReference orderNumber(String number) {
        return orderNumber("", number);
    }

    /** An order by the number that a system has given it. */
    public static OrderReference orderNumber(String system, String number) {
        return OrderReference.newBuilder().setExternal(external(system, number)).build();
    }

    /** A shipment, invoice, return or credit note by erpsync's id. */
    public static DocumentReference documentId(String id) {
        return DocumentReference.newBuilder().setDocumentId(id).build();
    }

    /** A shipment, invoice, return or credit note by the number that the caller itself has given it. */
    public static DocumentReference documentNumber(String number) {
        return documentNumber("", number);
    }

    /** A shipment, invoice, return or credit note by the number that a system has given it. */
    public static DocumentReference documentNumber(String system, String number) {
        return DocumentReference.newBuilder().setExternal(external(system, number)).build();
    }

    private static ExternalReference.Builder external(String system, String number) {
        return ExternalReference.newBuilder().setSystem(system).setExternalId(number);
    }
}
