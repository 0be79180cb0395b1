package dev.erpsync;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list without pages: each item in turn, however many pages they come in. Every iteration asks anew, and for no more pages
 * than it needs.
 */
public final class Pages<T> implements Iterable<T> {
    private final Supplier<Iterator<T>> begin;

    <Q extends Message, A extends Message> Pages(
            Connection connection, MethodDescriptor<Q, A> method, Q request, Function<A, List<T>> items) {
        begin = () -> new Walk<>(connection, method, request, items);
    }

    @Override
    public Iterator<T> iterator() {
        return begin.get();
    }

    /** The same as a stream. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** One way through all pages. */
    private static final class Walk<Q extends Message, A extends Message, T> implements Iterator<T> {
        private final Connection connection;
        private final MethodDescriptor<Q, A> method;
        private final Function<A, List<T>> items;
        /** For the next page; null after the last. */
        private Q request;
        private Iterator<T> page = Collections.emptyIterator();

        Walk(Connection connection, MethodDescriptor<Q, A> method, Q request, Function<A, List<T>> items) {
            this.connection = connection;
            this.method = method;
            this.request = request;
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && request != null) {
                A answer = connection.call(method, request);
                page = items.apply(answer).iterator();
                request = following(answer);
            }
            return page.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("this was the last one");
            }
            return page.next();
        }

        @SuppressWarnings("unchecked") // a message's builder builds messages of its kind
        private Q following(A answer) {
            Object token = answer.getField(field(answer, "next_page_token"));
            return token.equals("") ? null : (Q) request.toBuilder().setField(field(request, "page_token"), token).build();
        }

        private static FieldDescriptor field(Message message, String name) {
            return message.getDescriptorForType().findFieldByName(name);
        }
    }
}
