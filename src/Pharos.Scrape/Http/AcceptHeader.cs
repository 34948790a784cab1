using System.Globalization;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;

namespace Pharos.Scrape.Http;

/// <summary>What a scrape asks for.</summary>
internal static class AcceptHeader
{
    // Upstream starts the weights one above the number of protocols it knows.
    private const int FirstWeight = 6;

    /// <summary>The protocols that can be read, most wanted first, and anything at last. Protobuf is left out: it cannot be read yet.</summary>
    public static string Build(IReadOnlyList<ScrapeProtocol> protocols, NameEscaping escaping)
    {
        var header = new StringBuilder();
        int weight = FirstWeight;
        foreach (ScrapeProtocol protocol in protocols)
        {
            if (protocol is ScrapeProtocol.PrometheusProto or ScrapeProtocol.None)
            {
                continue;
            }

            header.Append(protocol.ToMediaType());
            if (protocol is ScrapeProtocol.PrometheusText100 or ScrapeProtocol.OpenMetricsText100)
            {
                header.Append(";escaping=").Append(Name(escaping));
            }

            header.Append(CultureInfo.InvariantCulture, $";q=0.{weight--},");
        }

        return header.Append(CultureInfo.InvariantCulture, $"*/*;q=0.{weight}").ToString();
    }

    private static string Name(NameEscaping escaping) => escaping switch
    {
        NameEscaping.Underscores => "underscores",
        NameEscaping.Dots => "dots",
        NameEscaping.Values => "values",
        _ => "allow-utf-8",
    };
}
