using System.Collections.Generic;

namespace Erpsync.Json
{
    /// <summary>
    /// Reads one message of proto3 JSON. What is absent or null has its default; what is newer than this client is left out.
    /// </summary>
    internal sealed class JsonReader
    {
        private readonly Dictionary<string, object> _json;
        private readonly string _path;

        private JsonReader(Dictionary<string, object> json, string path)
        {
            _json = json;
            _path = path;
        }

        /// <param name="json">As parsed.</param>
        /// <param name="path">Where in the answer it stands, for people; empty: it is the answer.</param>
        public static JsonReader Of(object json, string path)
        {
            var members = json as Dictionary<string, object>;
            if (members == null) throw Unlike("an object", json, path);
            return new JsonReader(members, path == "" ? "" : path + ".");
        }

        public T One<T>(string name, Kind<T> kind)
        {
            var json = Raw(name);
            return json == null ? kind.Default : kind.Read(json, _path + name);
        }

        public T Optional<T>(string name, Kind<T> kind) where T : class
        {
            var json = Raw(name);
            return json == null ? null : kind.Read(json, _path + name);
        }

        public T? OptionalValue<T>(string name, Kind<T> kind) where T : struct
        {
            var json = Raw(name);
            return json == null ? (T?)null : kind.Read(json, _path + name);
        }

        public List<T> Many<T>(string name, Kind<T> kind)
        {
            var values = new List<T>();
            var json = Raw(name);
            if (json == null) return values;
            var items = json as List<object>;
            if (items == null) throw Unlike("a list", json, _path + name);
            foreach (var item in items)
            {
                values.Add(kind.Read(item, _path + name + "[" + values.Count + "]"));
            }
            return values;
        }

        public Dictionary<TKey, T> Map<TKey, T>(string name, Kind<TKey> key, Kind<T> kind)
        {
            var values = new Dictionary<TKey, T>();
            var json = Raw(name);
            if (json == null) return values;
            foreach (var member in Of(json, _path + name)._json)
            {
                var at = key.Read(member.Key, "a key of " + _path + name);
                values[at] = kind.Read(member.Value, _path + name + "[" + member.Key + "]");
            }
            return values;
        }

        /// <summary>
        /// A member as parsed; null: it is not there.
        /// </summary>
        public object Raw(string name)
        {
            object json;
            return _json.TryGetValue(name, out json) ? json : null;
        }

        public static UnreadableException Unlike(string expected, object json, string path)
        {
            return new UnreadableException((path == "" ? "the answer" : path) + " is not " + expected + ": " + Shown(json));
        }

        private static string Shown(object json)
        {
            var number = json as JsonNumber;
            if (number != null) return number.Text;
            var text = json as string;
            if (text != null) return "\"" + (text.Length > 100 ? text.Substring(0, 100) + "…" : text) + "\"";
            if (json is bool) return (bool)json ? "true" : "false";
            return json == null ? "null" : json is List<object> ? "a list" : "an object";
        }
    }
}
