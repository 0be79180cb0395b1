using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Erpsync.Json
{
    /// <summary>
    /// A number as it was written, because 64 bits do not fit into what most readers make of it.
    /// </summary>
    internal sealed class JsonNumber
    {
        public JsonNumber(string text)
        {
            Text = text;
        }

        public string Text { get; }
    }

    /// <summary>
    /// Reads JSON: objects as dictionaries, lists, strings, truths, numbers as <see cref="JsonNumber"/>, and null.
    /// </summary>
    internal sealed class JsonParser
    {
        // Messages are nested some ten deep; what is deeper is an attack on the stack.
        private const int DepthMax = 100;

        private readonly string _text;
        private int _at;

        private JsonParser(string text)
        {
            _text = text;
        }

        /// <exception cref="UnreadableException">It is no JSON.</exception>
        public static object Parse(string text)
        {
            var parser = new JsonParser(text);
            var value = parser.Value(0);
            parser.SkipSpace();
            if (parser._at < text.Length) throw parser.Wrong("something follows");
            return value;
        }

        private object Value(int depth)
        {
            if (depth > DepthMax) throw Wrong("too deep");
            SkipSpace();
            switch (Peek())
            {
                case '{': return Object(depth);
                case '[': return List(depth);
                case '"': return String();
                case 't': return Word("true", true);
                case 'f': return Word("false", false);
                case 'n': return Word("null", null);
                default: return Number();
            }
        }

        private Dictionary<string, object> Object(int depth)
        {
            var members = new Dictionary<string, object>();
            _at++;
            SkipSpace();
            if (TryTake('}')) return members;
            do
            {
                SkipSpace();
                if (Peek() != '"') throw Wrong("a name is missing");
                var name = String();
                SkipSpace();
                if (!TryTake(':')) throw Wrong("a colon is missing");
                members[name] = Value(depth + 1);
                SkipSpace();
            }
            while (TryTake(','));
            if (!TryTake('}')) throw Wrong("an object does not end");
            return members;
        }

        private List<object> List(int depth)
        {
            var items = new List<object>();
            _at++;
            SkipSpace();
            if (TryTake(']')) return items;
            do
            {
                items.Add(Value(depth + 1));
                SkipSpace();
            }
            while (TryTake(','));
            if (!TryTake(']')) throw Wrong("a list does not end");
            return items;
        }

        private string String()
        {
            var text = new StringBuilder();
            _at++;
            while (true)
            {
                var it = Peek();
                if (it < ' ') throw Wrong("a text does not end");
                _at++;
                if (it == '"') return text.ToString();
                text.Append(it == '\\' ? Escaped() : it);
            }
        }

        private char Escaped()
        {
            var it = Peek();
            _at++;
            switch (it)
            {
                case '"':
                case '\\':
                case '/': return it;
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u':
                    ushort unit;
                    if (_at + 4 > _text.Length || !ushort.TryParse(
                        _text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit))
                    {
                        throw Wrong("four hexadecimal digits are missing");
                    }
                    _at += 4;
                    return (char)unit;
                default: throw Wrong("an escape that there is not");
            }
        }

        private JsonNumber Number()
        {
            var begin = _at;
            TryTake('-');
            if (!TryTake('0') && !Digits()) throw Wrong("a value is missing");
            if (TryTake('.') && !Digits()) throw Wrong("digits are missing");
            if ((TryTake('e') || TryTake('E')) && (TryTake('+') || TryTake('-') || true) && !Digits())
            {
                throw Wrong("digits are missing");
            }
            return new JsonNumber(_text.Substring(begin, _at - begin));
        }

        private bool Digits()
        {
            var begin = _at;
            while (Peek() >= '0' && Peek() <= '9') _at++;
            return _at > begin;
        }

        private object Word(string word, object value)
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0) throw Wrong("a value is missing");
            _at += word.Length;
            return value;
        }

        private void SkipSpace()
        {
            while (Peek() == ' ' || Peek() == '\n' || Peek() == '\r' || Peek() == '\t') _at++;
        }

        private bool TryTake(char expected)
        {
            if (Peek() != expected) return false;
            _at++;
            return true;
        }

        // At the end a zero, which stands nowhere in JSON.
        private char Peek()
        {
            return _at < _text.Length ? _text[_at] : '\0';
        }

        private UnreadableException Wrong(string why)
        {
            var shown = _text.Length > 100 ? _text.Substring(0, 100) + "…" : _text;
            return new UnreadableException("not JSON: " + why + " at " + _at + ": " + shown);
        }
    }
}
