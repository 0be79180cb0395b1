using Erpsync.Json;
using Erpsync.V1;

namespace Erpsync
{
    /// <summary>
    /// What all messages can: be read from JSON and written as JSON.
    /// </summary>
    public abstract class Message
    {
        internal Message()
        {
        }

        /// <summary>
        /// What has its default is left out.
        /// </summary>
        /// <exception cref="UnwritableException">Something of it is nothing that can be written.</exception>
        public string ToJson()
        {
            var json = new JsonWriter();
            json.Message(this);
            return json.ToString();
        }

        /// <summary>
        /// Its JSON.
        /// </summary>
        public override string ToString()
        {
            return ToJson();
        }

        /// <summary>
        /// Another object with the same values.
        /// </summary>
        internal Message Copy()
        {
            return (Message)MemberwiseClone();
        }

        internal static T Parse<T>(string json) where T : Message, new()
        {
            return Read<T>(JsonParser.Parse(json), "");
        }

        internal static T Read<T>(object json, string path) where T : Message, new()
        {
            var message = new T();
            message.ReadFrom(JsonReader.Of(json, path));
            return message;
        }

        internal abstract void ReadFrom(JsonReader json);

        internal abstract void WriteTo(JsonWriter json);
    }

    /// <summary>
    /// A write that has an identity.
    /// </summary>
    internal interface IIdentified
    {
        string RequestId { get; }
    }

    /// <summary>
    /// What begins a watch.
    /// </summary>
    internal interface IWatchRequest
    {
        WatchStart Start { get; set; }
    }

    /// <summary>
    /// What a watch hands over.
    /// </summary>
    internal interface IWatchMessage
    {
        string ResumeToken { get; }
        GoingAway GoingAway { get; }
    }
}
