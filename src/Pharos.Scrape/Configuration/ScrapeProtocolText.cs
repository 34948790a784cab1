using Pharos.Config.Printing;
using Pharos.Config.Yaml;

namespace Pharos.Scrape.Configuration;

/// <summary>The names and media types of the protocols, and how lists of them are read.</summary>
public static class ScrapeProtocolText
{
    /// <summary>What is asked for when nothing else is configured, most wanted first.</summary>
    public static readonly IReadOnlyList<ScrapeProtocol> Default =
        [ScrapeProtocol.OpenMetricsText100, ScrapeProtocol.OpenMetricsText001, ScrapeProtocol.PrometheusText100, ScrapeProtocol.PrometheusText004];

    /// <summary>The default of jobs that scrape native histograms.</summary>
    public static readonly IReadOnlyList<ScrapeProtocol> DefaultWithProtobuf = [ScrapeProtocol.PrometheusProto, .. Default];

    private static readonly ScrapeProtocol[] Known =
        [ScrapeProtocol.OpenMetricsText001, ScrapeProtocol.OpenMetricsText100, ScrapeProtocol.PrometheusProto, ScrapeProtocol.PrometheusText004, ScrapeProtocol.PrometheusText100];

    /// <summary>The name in configuration files; empty for none.</summary>
    public static string ToText(this ScrapeProtocol protocol) => protocol switch
    {
        ScrapeProtocol.PrometheusProto => "PrometheusProto",
        ScrapeProtocol.PrometheusText004 => "PrometheusText0.0.4",
        ScrapeProtocol.PrometheusText100 => "PrometheusText1.0.0",
        ScrapeProtocol.OpenMetricsText001 => "OpenMetricsText0.0.1",
        ScrapeProtocol.OpenMetricsText100 => "OpenMetricsText1.0.0",
        _ => "",
    };

    /// <summary>The media type that is sent in the <c>Accept</c> header; empty for none.</summary>
    public static string ToMediaType(this ScrapeProtocol protocol) => protocol switch
    {
        ScrapeProtocol.PrometheusProto => "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        ScrapeProtocol.PrometheusText004 => "text/plain;version=0.0.4",
        ScrapeProtocol.PrometheusText100 => "text/plain;version=1.0.0",
        ScrapeProtocol.OpenMetricsText001 => "application/openmetrics-text;version=0.0.1",
        ScrapeProtocol.OpenMetricsText100 => "application/openmetrics-text;version=1.0.0",
        _ => "",
    };

    /// <summary>Reads a list of protocols.</summary>
    /// <param name="map">The section.</param>
    /// <param name="inherited">The protocols when the field is absent; null when that is not known yet.</param>
    /// <param name="owner">Ends upstream's messages, as <c>for global config</c>.</param>
    internal static IReadOnlyList<ScrapeProtocol>? ReadProtocols(this YamlMapping map, IReadOnlyList<ScrapeProtocol>? inherited, string owner)
    {
        const string Key = "scrape_protocols";
        List<ScrapeProtocol>? protocols = null;
        if (map.Has(Key))
        {
            protocols = [];
            List<string> names = [.. map.Items(Key, "[]config.ScrapeProtocol").Select(static n => n.Text)];
            foreach (string name in names)
            {
                ScrapeProtocol protocol = Parse(name);
                if (protocols.Exists(p => string.Equals(p.ToText(), name, StringComparison.OrdinalIgnoreCase)))
                {
                    map.Refuse(Key, $"duplicated protocol in scrape_protocols, got [{string.Join(' ', names)}] {owner}");
                }
                else if (protocol == ScrapeProtocol.None)
                {
                    map.Refuse(Key, $"scrape_protocols: {Unknown(name)} {owner}");
                }

                protocols.Add(protocol);
            }

            if (protocols.Count == 0)
            {
                map.Refuse(Key, $"scrape_protocols cannot be empty {owner}");
            }
        }

        IReadOnlyList<ScrapeProtocol>? effective = protocols ?? inherited;
        map.Take(Key);
        map.Record(Key, CanonicalList.OfTexts(effective?.Select(ToText) ?? []));
        return effective;
    }

    internal static ScrapeProtocol Parse(string name) => Array.Find(Known, p => string.Equals(p.ToText(), name, StringComparison.Ordinal));

    internal static string Unknown(string name) => $"unknown scrape protocol {name}, supported: [{string.Join(' ', Known.Select(ToText))}]";
}
