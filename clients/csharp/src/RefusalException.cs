using System;
using System.Collections.Generic;
using Erpsync.V1;

namespace Erpsync
{
    /// <summary>
    /// The server has answered that it did not do it. Decide by the reason, show the message.
    /// </summary>
    public sealed class RefusalException : ErpsyncException
    {
        private readonly TimeSpan? _retryDelay;

        internal RefusalException(Code statusCode, string message, Details details) : base(message)
        {
            StatusCode = statusCode;
            Reason = details.Reason;
            Metadata = details.Metadata;
            Fields = details.Fields;
            _retryDelay = details.RetryDelay;
        }

        /// <summary>
        /// What it means in general.
        /// </summary>
        public Code StatusCode { get; }

        /// <summary>
        /// As documented in <see cref="V1.Reason"/>, without its prefix: <c>INSUFFICIENT_STOCK</c>; also one that is newer than
        /// this client. Empty where somebody in front of the server has answered.
        /// </summary>
        public string Reason { get; }

        /// <summary>
        /// The facts that the reason's documentation names.
        /// </summary>
        public IReadOnlyDictionary<string, string> Metadata { get; }

        /// <summary>
        /// The fields at fault.
        /// </summary>
        public IReadOnlyList<FieldViolation> Fields { get; }

        /// <inheritdoc/>
        public override TimeSpan? RetryDelay { get { return _retryDelay; } }

        /// <inheritdoc/>
        public override bool MayRetry
        {
            get
            {
                return StatusCode == Code.Unavailable || StatusCode == Code.DeadlineExceeded
                    || (StatusCode == Code.ResourceExhausted && RetryDelay != null);
            }
        }

        internal override bool MayResume { get { return MayRetry || Because(V1.Reason.SlowConsumer); } }

        /// <summary>
        /// Whether this is the reason.
        /// </summary>
        public bool Because(Reason reason)
        {
            return reason.Name == "REASON_" + Reason;
        }

        /// <summary>
        /// What is printed where nobody catches it: the reason first.
        /// </summary>
        public override string ToString()
        {
            return (Reason == "" ? StatusCode.ToString() : Reason) + ": " + base.ToString();
        }

        /// <summary>
        /// As the wire tells it: <c>{"code", "message", "details": [{"type", "value"}]}</c>. Whatever is missing or something
        /// else is left out.
        /// </summary>
        internal static RefusalException Read(object json)
        {
            var details = new Details();
            foreach (var detail in (Member(json, "details") as List<object> ?? new List<object>()))
            {
                details.Read(Text(detail, "type"), Text(detail, "value"));
            }
            var hint = details.Reason == "TOKEN_INVALID" ? " (is it of another server or environment? see `A first call`)" : "";
            return new RefusalException(Codes.Read(Text(json, "code")), Text(json, "message") + hint, details);
        }

        /// <summary>
        /// What somebody in front of the server means, with a status of HTTP alone.
        /// </summary>
        internal static RefusalException Busy(string message)
        {
            return new RefusalException(Code.Unavailable, message, new Details());
        }

        internal static RefusalException GoingAway(Duration? delay)
        {
            var details = new Details { RetryDelay = delay.HasValue ? delay.Value.ToTimeSpan() : (TimeSpan?)null };
            return new RefusalException(Code.Unavailable, "the server goes away", details);
        }

        private static object Member(object json, string name)
        {
            var members = json as Dictionary<string, object>;
            object value = null;
            return members != null && members.TryGetValue(name, out value) ? value : null;
        }

        private static string Text(object json, string name)
        {
            return Member(json, name) as string ?? "";
        }
    }
}
