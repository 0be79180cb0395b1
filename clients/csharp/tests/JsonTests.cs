using System;
using System.Collections.Generic;
using System.Linq;
using Erpsync.Tests.Gen;

namespace Erpsync.Tests
{
    internal static class JsonTests
    {
        /// <summary>
        /// That a message is written so, and read again is the same.
        /// </summary>
        private static Kinds Written(string json, Kinds message)
        {
            Must.Same(json, message.ToJson());
            var read = Kinds.FromJson(json);
            Must.Same(json, read.ToJson());
            return read;
        }

        private static void Unreadable(string message, string json)
        {
            Must.Contain(message, Must.Throw<UnreadableException>(() => Kinds.FromJson(json)).Message);
        }

        private static void Unwritable(string message, Kinds kinds)
        {
            Must.Same(message, Must.Throw<UnwritableException>(() => kinds.ToJson()).Message);
        }

        public static void Add()
        {
            Run.Test("every kind, one of it", () =>
            {
                Written("{}", new Kinds());
                Must.Same(true, Written("{\"truth\":true}", new Kinds { Truth = true }).Truth);
                Must.Same(-7, Written("{\"small\":-7}", new Kinds { Small = -7 }).Small);
                Must.Same(7L, Written("{\"large\":\"7\"}", new Kinds { Large = 7 }).Large);
                Must.Same("MUG", Written("{\"text\":\"MUG\"}", new Kinds { Text = "MUG" }).Text);
                var raw = new byte[] { 0, 255, 62, 63 };
                Must.SameList(raw, Written("{\"raw\":\"AP8+Pw==\"}", new Kinds { Raw = raw }).Raw);
                Must.SameList(raw, Kinds.FromJson("{\"raw\":\"AP8-Pw==\"}").Raw);
                Must.Same(Colour.DeepBlue, Written("{\"colour\":\"COLOUR_DEEP_BLUE\"}", new Kinds { Colour = Colour.DeepBlue }).Colour);
                var nested = new Kinds { Nested = new Kinds { Nested = new Kinds { Small = 1 } } };
                Must.Same(1, Written("{\"nested\":{\"nested\":{\"small\":1}}}", nested).Nested.Nested.Small);
                var time = new Timestamp(1795650834, 943733762);
                Must.Same(time, Written("{\"time\":\"2026-11-25T23:53:54.943733762Z\"}", new Kinds { Time = time }).Time.Value);
                var length = new Duration(-1, -500000000);
                Must.Same(length, Written("{\"length\":\"-1.500s\"}", new Kinds { Length = length }).Length.Value);
            });

            Run.Test("what is there and is its default, where absent is something else", () =>
            {
                Must.Same(false, Written("{\"maybeTruth\":false}", new Kinds { MaybeTruth = false }).MaybeTruth);
                Must.Same(0, Written("{\"maybeSmall\":0}", new Kinds { MaybeSmall = 0 }).MaybeSmall);
                Must.Same(0L, Written("{\"maybeLarge\":\"0\"}", new Kinds { MaybeLarge = 0 }).MaybeLarge);
                Must.Same("", Written("{\"maybeText\":\"\"}", new Kinds { MaybeText = "" }).MaybeText);
                Must.Same(0, Written("{\"maybeRaw\":\"\"}", new Kinds { MaybeRaw = new byte[0] }).MaybeRaw.Length);
                var colour = Written("{\"maybeColour\":\"COLOUR_UNSPECIFIED\"}", new Kinds { MaybeColour = Colour.Unspecified });
                Must.Same(Colour.Unspecified, colour.MaybeColour.Value);
                Written("{\"time\":\"1970-01-01T00:00:00Z\"}", new Kinds { Time = new Timestamp(0, 0) });
                Written("{\"length\":\"0s\"}", new Kinds { Length = new Duration(0, 0) });
                Written("{\"nested\":{}}", new Kinds { Nested = new Kinds() });
                var absent = Kinds.FromJson("{}");
                Must.Same(null, absent.MaybeTruth);
                Must.Same(null, absent.MaybeText);
                Must.Same(null, absent.MaybeRaw);
                Must.Same(false, absent.MaybeColour.HasValue || absent.Time.HasValue || absent.Length.HasValue);
                Must.Same("", absent.Text);
                Must.Same(0, absent.Raw.Length);
                Must.Same("{}", new Kinds { Text = null, Raw = null, Texts = null, TextsByText = null }.ToJson());
            });

            Run.Test("many of a kind, defaults among them", () =>
            {
                Written("{\"truths\":[true,false]}", new Kinds { Truths = { true, false } });
                Written("{\"smalls\":[0,-1]}", new Kinds { Smalls = { 0, -1 } });
                Written("{\"larges\":[\"0\",\"-1\"]}", new Kinds { Larges = { 0, -1 } });
                Written("{\"texts\":[\"\",\"b\"]}", new Kinds { Texts = { "", "b" } });
                Written("{\"raws\":[\"\",\"YQ==\"]}", new Kinds { Raws = { new byte[0], new byte[] { 97 } } });
                Written("{\"colours\":[\"COLOUR_UNSPECIFIED\",\"COLOUR_RED\"]}", new Kinds { Colours = { default(Colour), Colour.Red } });
                Written("{\"times\":[\"1970-01-01T00:00:01Z\"]}", new Kinds { Times = { new Timestamp(1, 0) } });
                Written("{\"lengths\":[\"1s\"]}", new Kinds { Lengths = { new Duration(1, 0) } });
                Written("{\"many\":[{},{\"small\":1}]}", new Kinds { Many = { new Kinds(), new Kinds { Small = 1 } } });
            });

            Run.Test("maps", () =>
            {
                var texts = new Kinds { TextsByText = new Dictionary<string, string> { { "b", "" }, { "a\"", "x" } } };
                Must.Same("x", Written("{\"textsByText\":{\"b\":\"\",\"a\\\"\":\"x\"}}", texts).TextsByText["a\""]);
                var kinds = new Kinds { KindsByLarge = new Dictionary<long, Kinds> { { -5, new Kinds { Small = 1 } } } };
                Must.Same(1, Written("{\"kindsByLarge\":{\"-5\":{\"small\":1}}}", kinds).KindsByLarge[-5].Small);
                var colours = new Kinds { ColoursBySmall = new Dictionary<int, Colour> { { 7, Colour.Red } } };
                Must.Same(Colour.Red, Written("{\"coloursBySmall\":{\"7\":\"COLOUR_RED\"}}", colours).ColoursBySmall[7]);
            });

            Run.Test("at most one of a oneof", () =>
            {
                Func<string, Kinds, Kinds.ChoiceOneofCase> which = (json, it) => Written(json, it).ChoiceCase;
                Must.Same(Kinds.ChoiceOneofCase.ChosenTruth, which("{\"chosenTruth\":false}", new Kinds { ChosenTruth = false }));
                Must.Same(Kinds.ChoiceOneofCase.ChosenText, which("{\"chosenText\":\"\"}", new Kinds { ChosenText = "" }));
                Must.Same(Kinds.ChoiceOneofCase.ChosenKinds, which("{\"chosenKinds\":{}}", new Kinds { ChosenKinds = new Kinds() }));
                var kinds = new Kinds { ChosenTruth = true, ChosenText = "a" };
                Must.Same("{\"chosenText\":\"a\"}", kinds.ToJson());
                kinds.ChosenTruth = null;
                Must.Same("a", kinds.ChosenText, "to take away what is not there changes nothing");
                kinds.ChosenText = null;
                Must.Same(Kinds.ChoiceOneofCase.None, kinds.ChoiceCase);
            });

            Run.Test("64 bits to their edges, as text and as numbers", () =>
            {
                Must.Same(long.MaxValue, Written("{\"large\":\"9223372036854775807\"}", new Kinds { Large = long.MaxValue }).Large);
                Must.Same(long.MinValue, Written("{\"large\":\"-9223372036854775808\"}", new Kinds { Large = long.MinValue }).Large);
                Must.Same(long.MaxValue, Kinds.FromJson("{\"large\":9223372036854775807}").Large);
                Must.Same(long.MinValue, Kinds.FromJson("{\"large\":-9223372036854775808}").Large);
                Must.Same(2147483647, Kinds.FromJson("{\"small\":\"2147483647\"}").Small);
                const string wrong = "\"9223372036854775808\" 9223372036854775808 \"1.0\" 1.5 1e3 \"\" \"+1\" \"01\" \"-0\" true \"a\"";
                foreach (var bad in wrong.Split(' '))
                {
                    Unreadable("large is not a whole number", "{\"large\":" + bad + "}");
                }
                foreach (var bad in new[] { "2147483648", "-2147483649", "\"1 \"" })
                {
                    Unreadable("many[0].small is not a whole number of -2147483648 to 2147483647", "{\"many\":[{\"small\":" + bad + "}]}");
                }
            });

            Run.Test("texts of all scripts, and none with half a character", () =>
            {
                var text = "Füße 靴 👟 \"\\\b\f\n\r\t\0/\u007f\u2028";
                var json = "{\"text\":\"Füße 靴 👟 \\\"\\\\\\u0008\\u000c\\u000a\\u000d\\u0009\\u0000/\u007f\u2028\"}";
                Must.Same(text, Written(json, new Kinds { Text = text }).Text);
                const string escaped = "{\"text\":\"\\u9774\\uD83d\\udc5f\\u00e9\\b\\f\\n\\r\\t\\/\\\\\\\"\"}";
                Must.Same("靴👟é\b\f\n\r\t/\\\"", Kinds.FromJson(escaped).Text);
                Unwritable("nested.texts[1]: has half a character at 1", new Kinds { Nested = new Kinds { Texts = { "a", "M\ud83d" } } });
                Unwritable("text: has half a character at 0", new Kinds { Text = "\udc5fM" });
                Unwritable("text: has half a character at 2", new Kinds { Text = "👟\ud83dM" });
            });

            Run.Test("a colour that is newer than this client stays what it is", () =>
            {
                var json = "{\"colour\":\"COLOUR_PUCE\",\"colours\":[\"COLOUR_RED\",\"COLOUR_PUCE\"]}";
                var kinds = Written(json, Kinds.FromJson(json));
                Must.Same("COLOUR_PUCE", kinds.Colour.Name);
                Must.Same(new Colour("COLOUR_PUCE"), kinds.Colour);
                Must.Same(false, kinds.Colour == Colour.Red || kinds.Colour == default(Colour));
                Must.Same(default(Colour), Colour.Unspecified);
                Must.Same("COLOUR_UNSPECIFIED", default(Colour).ToString());
            });

            Run.Test("what is absent, null or newer than this client", () =>
            {
                var kinds = Kinds.FromJson("{\"truth\":null,\"text\":null,\"time\":null,\"texts\":null,\"textsByText\":null,\"new\":{\"a\":[1]}}");
                Must.Same("{}", kinds.ToJson());
                Must.Same("", kinds.Text);
                Must.Same(0, kinds.Texts.Count);
            });

            Run.Test("what is something else is refused, and named", () =>
            {
                Unreadable("the answer is not an object: a list", "[1]");
                Unreadable("truth is not true or false: 1", "{\"truth\":1}");
                Unreadable("text is not a text: 5", "{\"text\":5}");
                Unreadable("raw is not bytes in base64: \"a?\"", "{\"raw\":\"a?\"}");
                Unreadable("raw is not bytes in base64: 5", "{\"raw\":5}");
                Unreadable("colour is not a name: 1", "{\"colour\":1}");
                Unreadable("nested is not an object: a list", "{\"nested\":[1]}");
                Unreadable("texts is not a list: an object", "{\"texts\":{}}");
                Unreadable("texts[1] is not a text: null", "{\"texts\":[\"a\",null]}");
                Unreadable("many[0] is not an object: null", "{\"many\":[null]}");
                Unreadable("textsByText[a] is not a text: 1", "{\"textsByText\":{\"a\":1}}");
                Unreadable("textsByText is not an object: a list", "{\"textsByText\":[]}");
                Unreadable("a key of kindsByLarge is not a whole number", "{\"kindsByLarge\":{\"a\":{}}}");
                Unreadable("nested.time is not a time: \"yesterday\"", "{\"nested\":{\"time\":\"yesterday\"}}");
                Unreadable("length is not a duration: true", "{\"length\":true}");
            });

            Run.Test("what is no JSON is refused", () =>
            {
                foreach (var bad in new[]
                {
                    "", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1", "[1,]",
                    "[1 2]", "{} {}",
                    "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\0\"", "tru", "nul",
                    "01", "-", "1.", ".5", "1e", "1e+", "+1", "NaN", "'a'",
                    new string('[', 1000), "{\"a\":" + new string('[', 200) + new string(']', 200) + "}", "\u00a0{}",
                })
                {
                    Must.Contain("not JSON", Must.Throw<UnreadableException>(() => Json.JsonParser.Parse(bad)).Message);
                }
                foreach (var good in new[]
                {
                    "0", "-0", "10", "1.5", "1e5", "1E+5", "1.0e-5", " [ ] ", "{ \"a\" : [ 1 , 2 ] }", "\t\r\n null", "\"\u007f\"",
                })
                {
                    Json.JsonParser.Parse(good);
                }
            });

            Run.Test("what is null in a list is refused, and named", () =>
            {
                Unwritable("texts[1]: is null", new Kinds { Texts = { "a", null } });
                Unwritable("many[0].raws[0]: is null", new Kinds { Many = { new Kinds { Raws = { null } } } });
                Unwritable("many[0]: is null", new Kinds { Many = { null } });
                Unwritable("textsByText[a]: is null", new Kinds { TextsByText = { { "a", null } } });
            });

            Run.Test("every class of the contract reads and writes nothing", () =>
            {
                var classes = typeof(Message).Assembly.GetTypes().Where(it => it.IsSubclassOf(typeof(Message))).ToList();
                Must.Same(true, classes.Count > 200);
                foreach (var it in classes)
                {
                    var read = it.GetMethod("FromJson").Invoke(null, new object[] { "{}" });
                    Must.Same("{}", ((Message)read).ToJson(), it.Name);
                }
            });

            Run.Test("names that are words of C#", () =>
            {
                var it = new Class { Return = new Return { Namespace = "a", List = { "b" } }, Class_ = "c" };
                Must.Same("{\"return\":{\"namespace\":\"a\",\"list\":[\"b\"]},\"class\":\"c\"}", it.ToJson());
                Must.Same(it.ToJson(), Class.FromJson(it.ToJson()).ToString());
            });
        }
    }
}
