package dev.erpsync;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Methods as gRPC knows them. */
final class Methods {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException("only requests are encoded already");
        }
    };

    private Methods() {}

    static <Q extends Message, A extends Message> MethodDescriptor<Q, A> describe(
            MethodDescriptor.MethodType type, String name, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(answer))
                .build();
    }

    /** The same for requests that are encoded already. */
    static <A> MethodDescriptor<byte[], A> encoded(MethodDescriptor<?, A> method) {
        return method.toBuilder(BYTES, method.getResponseMarshaller()).build();
    }
}
