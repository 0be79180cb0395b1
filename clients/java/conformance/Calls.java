import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.erpsync.Connection;
import dev.erpsync.Pages;
import dev.erpsync.Refusal;
import dev.erpsync.Watch;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;

/** Calls by name and JSON, through the client as its users have it. */
final class Calls {
    private final Connection connection;

    Calls(Connection connection) {
        this.connection = connection;
    }

    /** What a step answers, and its last message. */
    record Answer(JsonElement answer, JsonElement last) {}

    /** What happens once so many entries were taken. */
    interface During {
        void taken(int entries) throws Exception;
    }

    Answer call(String name, JsonElement request) throws Exception {
        JsonElement answer = plain((Message) invoke(name, request));
        return new Answer(answer, answer);
    }

    /** `ListOrders` without pages is `allOrders`; which field has the items the client knows. */
    Answer list(String name, JsonElement request) throws Exception {
        JsonArray items = new JsonArray();
        for (Object it : (Pages<?>) invoke(name.replace(".List", ".All"), request)) {
            items.add(plain((Message) it));
        }
        return new Answer(items, items);
    }

    Answer watch(String name, JsonElement request, int take, During during) throws Exception {
        JsonArray entries = new JsonArray();
        JsonElement last = JsonNull.INSTANCE;
        try (Watch<?> watch = (Watch<?>) invoke(name, request)) {
            while (entries.size() < take) {
                Message message = watch.next();
                last = plain(message);
                for (Object it : entriesOf(message)) {
                    if (entries.size() < take) {
                        entries.add(plain((Message) it));
                        during.taken(entries.size());
                    }
                }
            }
        }
        return new Answer(entries, last);
    }

    Answer rawStream(String name, JsonElement request) throws Exception {
        JsonArray messages = new JsonArray();
        JsonElement last = JsonNull.INSTANCE;
        try {
            Iterator<?> stream = begin(descriptor(name), request);
            while (stream.hasNext()) {
                last = plain((Message) stream.next());
                messages.add(last);
            }
        } catch (StatusRuntimeException cause) {
            throw Refusal.of(cause);
        }
        return new Answer(messages, last);
    }

    private <Q, A> Iterator<A> begin(MethodDescriptor<Q, A> method, JsonElement request) throws Exception {
        Message.Builder message = ((Message) ((MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype()).toBuilder();
        @SuppressWarnings("unchecked") // made of the prototype of a Q
        Q filled = (Q) filled(message, request);
        return ClientCalls.blockingServerStreamingCall(connection.channel(), method, CallOptions.DEFAULT, filled);
    }

    /** Of `StockService.WatchStock` what `StockService.WATCH_STOCK` is. */
    private MethodDescriptor<?, ?> descriptor(String name) throws Exception {
        String[] parts = name.split("\\.");
        String constant = parts[1].replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase();
        return (MethodDescriptor<?, ?>) service(parts[0]).getClass().getField(constant).get(null);
    }

    private Object invoke(String name, JsonElement request) throws Exception {
        String[] parts = name.split("\\.");
        String verb = parts[1].substring(0, 1).toLowerCase() + parts[1].substring(1);
        Object service = service(parts[0]);
        for (Method it : service.getClass().getMethods()) {
            if (it.getName().equals(verb) && it.getParameterCount() == 1) {
                var message = (Message.Builder) it.getParameterTypes()[0].getMethod("newBuilder").invoke(null);
                try {
                    return it.invoke(service, filled(message, request));
                } catch (InvocationTargetException cause) {
                    throw cause.getCause() instanceof Exception ? (Exception) cause.getCause() : cause;
                }
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private Object service(String name) throws Exception {
        for (Method it : Connection.class.getMethods()) {
            if (it.getParameterCount() == 0 && it.getReturnType().getSimpleName().equals(name)) {
                return it.invoke(connection);
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static Message filled(Message.Builder message, JsonElement request) throws InvalidProtocolBufferException {
        JsonFormat.parser().merge(request == null ? "{}" : request.toString(), message);
        return message.build();
    }

    /** The entries of the message of a watch: those of a chunk of a snapshot, or what has changed. */
    private static List<?> entriesOf(Message message) {
        for (var it : message.getAllFields().entrySet()) {
            if (List.of("snapshot_chunk", "changes").contains(it.getKey().getName())) {
                Message part = (Message) it.getValue();
                for (FieldDescriptor field : part.getDescriptorForType().getFields()) {
                    if (field.isRepeated()) {
                        return (List<?>) part.getField(field);
                    }
                }
            }
        }
        return List.of();
    }

    /** A message as the table has it: proto3 JSON. */
    private static JsonElement plain(Message message) throws InvalidProtocolBufferException {
        return JsonParser.parseString(JsonFormat.printer().print(message));
    }
}
