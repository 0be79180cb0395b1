import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.erpsync.Refusal;
import io.grpc.StatusRuntimeException;

/** Whether an answer is as it was expected. */
final class Comparison {
    private static final JsonPrimitive ANYTHING = new JsonPrimitive("*");

    private Comparison() {}

    static void refused(JsonObject expected, StatusRuntimeException cause) {
        if (!(cause instanceof Refusal)) {
            throw new AssertionError("no refusal: " + cause);
        }
        Refusal why = (Refusal) cause;
        if (!why.code().name().equals(expected.get("code").getAsString()) || !why.reason().equals(expected.get("reason").getAsString())) {
            throw new AssertionError("refused with " + why.getMessage());
        }
        if (expected.has("metadata")) {
            for (var it : expected.getAsJsonObject("metadata").entrySet()) {
                String told = why.metadata().get(it.getKey());
                expect(it.getValue(), told == null ? JsonNull.INSTANCE : new JsonPrimitive(told), ".metadata." + it.getKey());
            }
        }
        if (expected.has("fields")) {
            for (JsonElement path : expected.getAsJsonArray("fields")) {
                if (why.fields().stream().noneMatch(it -> it.path().equals(path.getAsString()))) {
                    throw new AssertionError("the fields at fault are " + why.fields());
                }
            }
        }
    }

    /** Whether what is expected is in what came. */
    static void expect(JsonElement expected, JsonElement came, String path) {
        if (expected.equals(ANYTHING)) {
            must(!isDefault(came), expected, came, path);
        } else if (!path.isEmpty() && isDefault(expected)) {
            must(isDefault(came), expected, came, path);
        } else if (expected.isJsonObject()) {
            JsonObject fields = came.isJsonObject() ? came.getAsJsonObject() : new JsonObject();
            for (var it : expected.getAsJsonObject().entrySet()) {
                JsonElement field = fields.get(it.getKey());
                expect(it.getValue(), field == null ? JsonNull.INSTANCE : field, path + "." + it.getKey());
            }
        } else if (expected.isJsonArray()) {
            JsonArray items = came.isJsonArray() ? came.getAsJsonArray() : new JsonArray();
            must(items.size() == expected.getAsJsonArray().size(), expected, came, path);
            for (int n = 0; n < items.size(); n++) {
                expect(expected.getAsJsonArray().get(n), items.get(n), path + "." + n);
            }
        } else {
            must(expected.equals(came), expected, came, path);
        }
    }

    private static void must(boolean holds, JsonElement expected, JsonElement came, String path) {
        if (!holds) {
            throw new AssertionError((path.isEmpty() ? "the answer" : path.substring(1)) + " is " + came + ", not " + expected);
        }
    }

    private static boolean isDefault(JsonElement it) {
        if (it.isJsonObject()) {
            return it.getAsJsonObject().size() == 0;
        } else if (it.isJsonArray()) {
            return it.getAsJsonArray().size() == 0;
        }
        return it.isJsonNull() || it.getAsString().isEmpty() || it.getAsString().equals("0") || it.equals(new JsonPrimitive(false));
    }

    /** The text at a path as `lines.0.lineId`. */
    static String at(JsonElement it, String path) {
        for (String name : path.split("\\.")) {
            JsonElement inside = JsonNull.INSTANCE;
            if (it.isJsonObject() && it.getAsJsonObject().has(name)) {
                inside = it.getAsJsonObject().get(name);
            } else if (it.isJsonArray() && name.matches("[0-9]+") && Integer.parseInt(name) < it.getAsJsonArray().size()) {
                inside = it.getAsJsonArray().get(Integer.parseInt(name));
            }
            it = inside;
        }
        if (!it.isJsonPrimitive()) {
            throw new AssertionError("there is no " + path);
        }
        return it.getAsString();
    }
}
