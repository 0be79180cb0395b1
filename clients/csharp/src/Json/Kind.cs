using System;
using System.Globalization;

namespace Erpsync.Json
{
    /// <summary>
    /// How values of one kind are read and written.
    /// </summary>
    internal abstract class Kind<T>
    {
        public virtual T Default { get { return default(T); } }

        public abstract bool IsDefault(T value);

        /// <param name="json">As parsed.</param>
        /// <param name="path">Where it stands, for people.</param>
        public abstract T Read(object json, string path);

        /// <param name="value">What is written.</param>
        /// <param name="to">Where to.</param>
        /// <param name="path">Where it stands in its message, for people.</param>
        public abstract void Write(T value, JsonWriter to, string path);

        /// <summary>
        /// As the key of a map, which is always a text.
        /// </summary>
        public virtual string AsKey(T value)
        {
            throw new NotSupportedException();
        }
    }

    internal static class ScalarKind
    {
        public static readonly Kind<bool> Bool = new BoolKind();
        public static readonly Kind<byte[]> Bytes = new BytesKind();
        public static readonly Kind<Duration> Duration = new DurationKind();
        public static readonly Kind<int> Int32 = new Int32Kind();
        public static readonly Kind<long> Int64 = new Int64Kind();
        public static readonly Kind<string> String = new StringKind();
        public static readonly Kind<Timestamp> Timestamp = new TimestampKind();

        private sealed class BoolKind : Kind<bool>
        {
            public override bool IsDefault(bool value)
            {
                return !value;
            }

            public override bool Read(object json, string path)
            {
                if (!(json is bool)) throw JsonReader.Unlike("true or false", json, path);
                return (bool)json;
            }

            public override void Write(bool value, JsonWriter to, string path)
            {
                to.Plain(value ? "true" : "false");
            }
        }

        private sealed class BytesKind : Kind<byte[]>
        {
            public override byte[] Default { get { return new byte[0]; } }

            public override bool IsDefault(byte[] value)
            {
                return value == null || value.Length == 0;
            }

            public override byte[] Read(object json, string path)
            {
                try
                {
                    return Convert.FromBase64String(((string)json).Replace('-', '+').Replace('_', '/'));
                }
                catch (Exception cause) when (cause is FormatException || cause is InvalidCastException)
                {
                    throw JsonReader.Unlike("bytes in base64", json, path);
                }
            }

            public override void Write(byte[] value, JsonWriter to, string path)
            {
                if (value == null) throw new UnwritableException(path, "is null");
                to.Plain("\"" + Convert.ToBase64String(value) + "\"");
            }
        }

        private sealed class StringKind : Kind<string>
        {
            public override string Default { get { return ""; } }

            public override bool IsDefault(string value)
            {
                return string.IsNullOrEmpty(value);
            }

            public override string Read(object json, string path)
            {
                var text = json as string;
                if (text == null) throw JsonReader.Unlike("a text", json, path);
                return text;
            }

            public override void Write(string value, JsonWriter to, string path)
            {
                if (value == null) throw new UnwritableException(path, "is null");
                to.Text(value, path);
            }

            public override string AsKey(string value)
            {
                return value;
            }
        }

        private sealed class Int32Kind : Kind<int>
        {
            public override bool IsDefault(int value)
            {
                return value == 0;
            }

            public override int Read(object json, string path)
            {
                return (int)Whole(json, int.MinValue, int.MaxValue, path);
            }

            public override void Write(int value, JsonWriter to, string path)
            {
                to.Plain(AsKey(value));
            }

            public override string AsKey(int value)
            {
                return value.ToString(CultureInfo.InvariantCulture);
            }
        }

        private sealed class Int64Kind : Kind<long>
        {
            public override bool IsDefault(long value)
            {
                return value == 0;
            }

            public override long Read(object json, string path)
            {
                return Whole(json, long.MinValue, long.MaxValue, path);
            }

            // 64 bits travel as a text.
            public override void Write(long value, JsonWriter to, string path)
            {
                to.Plain("\"" + AsKey(value) + "\"");
            }

            public override string AsKey(long value)
            {
                return value.ToString(CultureInfo.InvariantCulture);
            }
        }

        private sealed class TimestampKind : Kind<Timestamp>
        {
            public override bool IsDefault(Timestamp value)
            {
                return false;
            }

            public override Timestamp Read(object json, string path)
            {
                Timestamp time;
                if (!Erpsync.Timestamp.TryParse(json as string, out time)) throw JsonReader.Unlike("a time", json, path);
                return time;
            }

            public override void Write(Timestamp value, JsonWriter to, string path)
            {
                to.Plain("\"" + value + "\"");
            }
        }

        private sealed class DurationKind : Kind<Duration>
        {
            public override bool IsDefault(Duration value)
            {
                return false;
            }

            public override Duration Read(object json, string path)
            {
                Duration length;
                if (!Erpsync.Duration.TryParse(json as string, out length)) throw JsonReader.Unlike("a duration", json, path);
                return length;
            }

            public override void Write(Duration value, JsonWriter to, string path)
            {
                to.Plain("\"" + value + "\"");
            }
        }

        private static long Whole(object json, long least, long most, string path)
        {
            var number = json as JsonNumber;
            var text = number == null ? json as string : number.Text;
            long value;
            var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value.ToString(CultureInfo.InvariantCulture) == text;
            if (!isWhole || value < least || value > most)
            {
                throw JsonReader.Unlike("a whole number of " + least + " to " + most, json, path);
            }
            return value;
        }
    }

    /// <summary>
    /// An enum: a name that is newer than this client stays what it is.
    /// </summary>
    internal interface INamed<T>
    {
        string Name { get; }
        T Named(string name);
    }

    internal sealed class EnumKind<T> : Kind<T> where T : struct, INamed<T>
    {
        public static readonly EnumKind<T> It = new EnumKind<T>();

        public override bool IsDefault(T value)
        {
            return value.Name == default(T).Name;
        }

        public override T Read(object json, string path)
        {
            var name = json as string;
            if (name == null) throw JsonReader.Unlike("a name", json, path);
            return default(T).Named(name);
        }

        public override void Write(T value, JsonWriter to, string path)
        {
            to.Text(value.Name, path);
        }
    }

    internal sealed class MessageKind<T> : Kind<T> where T : Message, new()
    {
        public static readonly MessageKind<T> It = new MessageKind<T>();

        public override bool IsDefault(T value)
        {
            return value == null;
        }

        public override T Read(object json, string path)
        {
            return Message.Read<T>(json, path);
        }

        public override void Write(T value, JsonWriter to, string path)
        {
            if (value == null) throw new UnwritableException(path, "is null");
            try
            {
                to.Message(value);
            }
            catch (UnwritableException why)
            {
                throw why.Within(path);
            }
        }
    }
}
