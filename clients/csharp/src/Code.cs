using System;
using System.Linq;

namespace Erpsync
{
    /// <summary>
    /// What a refusal means to the caller, in general; the reason says it exactly.
    /// </summary>
    public enum Code
    {
        /// <summary>Something that says no more.</summary>
        Unknown,
        /// <summary>The caller has given up.</summary>
        Cancelled,
        /// <summary>Mend the request.</summary>
        InvalidArgument,
        /// <summary>It took longer than it may.</summary>
        DeadlineExceeded,
        /// <summary>Create it first, or map it.</summary>
        NotFound,
        /// <summary>Compare with what is there.</summary>
        AlreadyExists,
        /// <summary>Stop.</summary>
        PermissionDenied,
        /// <summary>Wait as long as is said.</summary>
        ResourceExhausted,
        /// <summary>Decide.</summary>
        FailedPrecondition,
        /// <summary>Read again.</summary>
        Aborted,
        /// <summary>Take a snapshot.</summary>
        OutOfRange,
        /// <summary>There is no such method.</summary>
        Unimplemented,
        /// <summary>The server's fault: report it.</summary>
        Internal,
        /// <summary>Make the same call again.</summary>
        Unavailable,
        /// <summary>What was there is lost.</summary>
        DataLoss,
        /// <summary>Get another token.</summary>
        Unauthenticated,
    }

    internal static class Codes
    {
        /// <summary>
        /// As the wire has it: <c>failed_precondition</c>.
        /// </summary>
        public static Code Read(string name)
        {
            // The wire writes this one as Americans do.
            if (name == "canceled") return Code.Cancelled;
            var plain = name.Replace("_", "");
            return Enum.GetValues(typeof(Code)).Cast<Code>()
                .FirstOrDefault(it => string.Equals(it.ToString(), plain, StringComparison.OrdinalIgnoreCase));
        }
    }
}
