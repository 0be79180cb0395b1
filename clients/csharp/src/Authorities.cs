using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Erpsync
{
    /// <summary>
    /// Trusts servers for the authorities of a file, and for no others.
    /// </summary>
    internal sealed class Authorities
    {
        private readonly X509Certificate2[] _authorities;

        /// <exception cref="ArgumentException">The file cannot be read, or has none.</exception>
        public Authorities(string file)
        {
            string text;
            try
            {
                text = File.ReadAllText(file);
            }
            catch (Exception cause) when (cause is IOException || cause is UnauthorizedAccessException)
            {
                throw new ArgumentException("cannot read the authorities: " + cause.Message, cause);
            }
            const string pem = "-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----";
            _authorities = Regex.Matches(text, pem).Cast<Match>()
                .Select(it => new X509Certificate2(Convert.FromBase64String(it.Groups[1].Value))).ToArray();
            if (_authorities.Length == 0) throw new ArgumentException(file + " has no certificate in PEM");
        }

        public bool Trust(HttpRequestMessage request, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors errors)
        {
            // Whether it is that of this server was judged already; whether its authority is known is judged here.
            if (certificate == null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
            using (var own = new X509Chain())
            {
                own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
                own.ChainPolicy.ExtraStore.AddRange(_authorities);
                // What the server sent along leads to the authority.
                foreach (var element in chain.ChainElements) own.ChainPolicy.ExtraStore.Add(element.Certificate);
                if (!own.Build(certificate)) return false;
                var last = own.ChainElements[own.ChainElements.Count - 1].Certificate;
                return _authorities.Any(it => it.RawData.SequenceEqual(last.RawData));
            }
        }
    }
}
