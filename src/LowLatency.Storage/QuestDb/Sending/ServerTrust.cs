using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>Decides whether a server's certificate is to be trusted, where the authorities are not those of the system.</summary>
internal static class ServerTrust
{
    /// <summary>A check against the authorities of a PEM file; names and dates are checked as ever.</summary>
    /// <param name="path">The file.</param>
    public static RemoteCertificateValidationCallback By(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return (_, certificate, chain, errors) =>
        {
            if (certificate is null || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(authorities);
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            foreach (X509ChainElement element in chain.ChainElements) own.ChainPolicy.ExtraStore.Add(element.Certificate);
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return own.Build(leaf);
        };
    }
}
