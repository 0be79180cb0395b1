using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Task = System.Threading.Tasks.Task;

namespace Erpsync.Tests
{
    internal static class TlsTests
    {
        public static void Add()
        {
            Run.Test("TLS with authorities of a file", async () =>
            {
                var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                Directory.CreateDirectory(folder);
                try
                {
                    var ours = Certificate.Make(folder, "ours");
                    Certificate.Make(folder, "other");
                    var server = new FakeServer(ours, Say.Answer(CallTests.MugLevel), Say.Answer(CallTests.MugLevel));
                    Func<string, Task> trusting = async file =>
                    {
                        var waited = new Waited();
                        var options = waited.Options();
                        options.Authorities = file;
                        using (var client = server.Client(options))
                        {
                            try
                            {
                                await CallTests.GetMug(client);
                            }
                            finally
                            {
                                Must.Same(0, waited.Seconds.Count, "whom one does not trust, one does not ask again");
                            }
                        }
                    };
                    await Must.ThrowAsync<ConnectionLostException>(() => trusting(null));
                    await Must.ThrowAsync<ConnectionLostException>(() => trusting(Path.Combine(folder, "other.pem")));
                    await trusting(Path.Combine(folder, "ours.pem"));
                    var both = Path.Combine(folder, "both.pem");
                    foreach (var it in new[] { "other.pem", "ours.pem" }) File.AppendAllText(both, File.ReadAllText(Path.Combine(folder, it)));
                    await trusting(both);

                    Func<string, string, string> opening = (address, file) => Must.Throw<ArgumentException>(
                        () => ErpsyncClient.Open(address, "esk_1_a", new ClientOptions { Authorities = file })).Message;
                    Must.Contain("plain text", opening("http://a", both));
                    Must.Contain("cannot read the authorities", opening("https://a", "/nowhere.pem"));
                    Must.Contain("no certificate", opening("https://a", "/dev/null"));
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            });
        }
    }

    internal static class Certificate
    {
        /// <summary>
        /// A certificate for this machine by nobody but itself: NAME.pem in a folder, and with its key.
        /// </summary>
        public static X509Certificate2 Make(string folder, string name)
        {
            var path = Path.Combine(folder, name);
            OpenSsl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
                + " -keyout " + path + ".key -out " + path + ".pem");
            // What newer versions of openssl write, older readers do not know.
            OpenSsl("pkcs12 -export -passout pass:x -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"
                + " -inkey " + path + ".key -in " + path + ".pem -out " + path + ".p12");
            return new X509Certificate2(path + ".p12", "x");
        }

        private static void OpenSsl(string arguments)
        {
            var start = new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardError = true };
            using (var process = Process.Start(start))
            {
                var said = process.StandardError.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0) throw new Exception("openssl " + arguments + ": " + said);
            }
        }
    }
}
