using System;

namespace Erpsync
{
    /// <summary>
    /// Whatever keeps a call from being answered.
    /// </summary>
    public abstract class ErpsyncException : Exception
    {
        internal ErpsyncException(string message, Exception cause = null) : base(message, cause)
        {
        }

        /// <summary>
        /// Whether the same call may have another answer soon.
        /// </summary>
        public virtual bool MayRetry { get { return false; } }

        /// <summary>
        /// How long the server asks to wait before; null: it does not say.
        /// </summary>
        public virtual TimeSpan? RetryDelay { get { return null; } }

        /// <summary>
        /// Whether a watch that it has ended goes on after its last message.
        /// </summary>
        internal virtual bool MayResume { get { return MayRetry; } }
    }

    /// <summary>
    /// There was no answer. Whether the call took effect is not known: make it again with the same identity, which does it
    /// once.
    /// </summary>
    public sealed class ConnectionLostException : ErpsyncException
    {
        private readonly bool _mayRetry;

        internal ConnectionLostException(string message, Exception cause = null, bool mayRetry = true) : base(message, cause)
        {
            _mayRetry = mayRetry;
        }

        /// <inheritdoc/>
        public override bool MayRetry { get { return _mayRetry; } }
    }

    /// <summary>
    /// What was answered is no answer of erpsync: somebody else listens there.
    /// </summary>
    public sealed class UnreadableException : ErpsyncException
    {
        internal UnreadableException(string message) : base(message)
        {
        }
    }

    /// <summary>
    /// What was to be said cannot be written; nothing was sent.
    /// </summary>
    public sealed class UnwritableException : ErpsyncException
    {
        private readonly string _path;
        private readonly string _why;

        internal UnwritableException(string path, string why) : base(path + ": " + why)
        {
            _path = path;
            _why = why;
        }

        /// <summary>
        /// The same, seen from the message around it.
        /// </summary>
        internal UnwritableException Within(string path)
        {
            return new UnwritableException(path + "." + _path, _why);
        }
    }
}
