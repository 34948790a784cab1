namespace Pharos.Server.Metrics;

/// <summary>A part that says something about itself at each scrape. Called from one thread at a time, while the part works on.</summary>
internal interface IMetricSource
{
    void Write(MetricWriter writer);
}
