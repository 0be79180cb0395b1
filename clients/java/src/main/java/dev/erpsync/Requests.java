package dev.erpsync;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.UUID;

/** What is done with requests before they are sent. */
final class Requests {
    private Requests() {}

    /** The bytes that all attempts send, with the identity that all of them have. */
    static byte[] encode(Message request) {
        FieldDescriptor id = request.getDescriptorForType().findFieldByName("request_id");
        if (id != null && request.getField(id).equals("")) {
            request = request.toBuilder().setField(id, UUID.randomUUID().toString()).build();
        }
        return request.toByteArray();
    }

    /** Whether the server may wait for news before it answers. */
    static boolean waits(Message request) {
        return request.getDescriptorForType().findFieldByName("wait") != null;
    }
}
