using System;
using System.Collections.Generic;
using System.Text;
using Erpsync.V1;

namespace Erpsync
{
    /// <summary>
    /// The details of a refusal: three messages of <c>google.rpc</c>, which travel as bytes of protobuf, whatever the answer
    /// is written in. What is damaged is left out: the code and the message are there all the same.
    /// </summary>
    internal sealed class Details
    {
        public string Reason { get; private set; } = "";
        public Dictionary<string, string> Metadata { get; } = new Dictionary<string, string>();
        public List<FieldViolation> Fields { get; } = new List<FieldViolation>();
        public TimeSpan? RetryDelay { get; set; }

        /// <summary>
        /// Takes one over, as base64 without padding.
        /// </summary>
        public void Read(string type, string value)
        {
            byte[] bytes;
            try
            {
                bytes = Convert.FromBase64String(value.TrimEnd('=') + new string('=', (4 - value.TrimEnd('=').Length % 4) % 4));
            }
            catch (FormatException)
            {
                return;
            }
            foreach (var field in FieldsOf(bytes))
            {
                if (type == "google.rpc.ErrorInfo" && field.Number == 1)
                {
                    Reason = field.Text;
                }
                else if (type == "google.rpc.ErrorInfo" && field.Number == 3)
                {
                    Metadata[TextOf(field, 1)] = TextOf(field, 2);
                }
                else if (type == "google.rpc.BadRequest" && field.Number == 1)
                {
                    Fields.Add(new FieldViolation { Path = TextOf(field, 1), Description = TextOf(field, 2) });
                }
                else if (type == "google.rpc.RetryInfo" && field.Number == 1)
                {
                    RetryDelay = TimeSpan.FromTicks(NumberOf(field, 1) * TimeSpan.TicksPerSecond + NumberOf(field, 2) / 100);
                }
            }
        }

        private static string TextOf(Field message, int number)
        {
            var field = FieldsOf(message.Bytes).FindLast(it => it.Number == number);
            return field == null ? "" : field.Text;
        }

        private static long NumberOf(Field message, int number)
        {
            var field = FieldsOf(message.Bytes).FindLast(it => it.Number == number);
            return field == null ? 0 : field.Whole;
        }

        private sealed class Field
        {
            public int Number;
            public long Whole;
            public byte[] Bytes = new byte[0];
            public string Text { get { return Encoding.UTF8.GetString(Bytes); } }
        }

        private static List<Field> FieldsOf(byte[] bytes)
        {
            var fields = new List<Field>();
            var at = 0;
            while (at < bytes.Length)
            {
                var tag = Varint(bytes, ref at);
                var field = new Field { Number = (int)(tag >> 3) };
                long length;
                switch (tag & 7)
                {
                    case 0: field.Whole = Varint(bytes, ref at); length = 0; break;
                    case 1: length = 8; break;
                    case 2: length = Varint(bytes, ref at); break;
                    case 5: length = 4; break;
                    default: return fields;
                }
                if (length < 0 || length > bytes.Length - at) return fields;
                field.Bytes = new byte[length];
                Array.Copy(bytes, at, field.Bytes, 0, length);
                at += (int)length;
                fields.Add(field);
            }
            return fields;
        }

        private static long Varint(byte[] bytes, ref int at)
        {
            long value = 0;
            for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
            {
                var part = bytes[at++];
                value |= (long)(part & 0x7f) << shift;
                if (part < 0x80) break;
            }
            return value;
        }
    }
}
