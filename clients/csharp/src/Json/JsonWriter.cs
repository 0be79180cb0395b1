using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Erpsync.Json
{
    /// <summary>
    /// Writes messages as proto3 JSON. What has its default is left out.
    /// </summary>
    internal sealed class JsonWriter
    {
        private readonly StringBuilder _text = new StringBuilder();
        // Whether something stands before what comes next.
        private bool _follows;

        public override string ToString()
        {
            return _text.ToString();
        }

        public void Message(Message message)
        {
            Open('{');
            message.WriteTo(this);
            Close('}');
        }

        public void One<T>(string name, T value, Kind<T> kind)
        {
            if (!kind.IsDefault(value)) Member(name, value, kind);
        }

        public void Optional<T>(string name, T value, Kind<T> kind) where T : class
        {
            if (value != null) Member(name, value, kind);
        }

        public void OptionalValue<T>(string name, T? value, Kind<T> kind) where T : struct
        {
            if (value.HasValue) Member(name, value.Value, kind);
        }

        public void Many<T>(string name, List<T> values, Kind<T> kind)
        {
            if (values == null || values.Count == 0) return;
            Name(name);
            Open('[');
            for (var index = 0; index < values.Count; index++)
            {
                Separate();
                kind.Write(values[index], this, name + "[" + index + "]");
            }
            Close(']');
        }

        public void Map<TKey, T>(string name, Dictionary<TKey, T> values, Kind<TKey> key, Kind<T> kind)
        {
            if (values == null || values.Count == 0) return;
            Name(name);
            Open('{');
            foreach (var it in values)
            {
                var at = key.AsKey(it.Key);
                Separate();
                Text(at, "a key of " + name);
                _text.Append(':');
                kind.Write(it.Value, this, name + "[" + at + "]");
            }
            Close('}');
        }

        /// <summary>
        /// Something that needs no escapes.
        /// </summary>
        public void Plain(string text)
        {
            _text.Append(text);
        }

        public void Text(string text, string path)
        {
            _text.Append('"');
            for (var at = 0; at < text.Length; at++)
            {
                var it = text[at];
                if (it == '"' || it == '\\')
                {
                    _text.Append('\\').Append(it);
                }
                else if (it < ' ')
                {
                    _text.Append("\\u").Append(((int)it).ToString("x4", CultureInfo.InvariantCulture));
                }
                else if (char.IsSurrogate(it) && !IsWhole(text, ref at))
                {
                    throw new UnwritableException(path, "has half a character at " + at);
                }
                else
                {
                    _text.Append(it);
                    // The other half of a character.
                    if (char.IsSurrogate(it)) _text.Append(text[at]);
                }
            }
            _text.Append('"');
        }

        private static bool IsWhole(string text, ref int at)
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])) return false;
            at++;
            return true;
        }

        private void Member<T>(string name, T value, Kind<T> kind)
        {
            Name(name);
            kind.Write(value, this, name);
        }

        private void Name(string name)
        {
            Separate();
            _text.Append('"').Append(name).Append("\":");
        }

        private void Separate()
        {
            if (_follows) _text.Append(',');
            _follows = true;
        }

        private void Open(char bracket)
        {
            _text.Append(bracket);
            _follows = false;
        }

        private void Close(char bracket)
        {
            _text.Append(bracket);
            _follows = true;
        }
    }
}
