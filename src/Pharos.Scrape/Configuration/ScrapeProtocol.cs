namespace Pharos.Scrape.Configuration;

/// <summary>A form in which targets expose their metrics.</summary>
public enum ScrapeProtocol : byte
{
    None = 0,
    PrometheusProto,
    PrometheusText004,
    PrometheusText100,
    OpenMetricsText001,
    OpenMetricsText100,
}
