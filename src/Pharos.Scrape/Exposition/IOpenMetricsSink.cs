using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>Takes the samples of an OpenMetrics file.</summary>
public interface IOpenMetricsSink
{
    /// <summary>Takes a sample's time before anything is made of it; false passes the sample over.</summary>
    bool Wants(long timestamp);

    /// <summary>Gives a series a number, which its samples then come with. Asked once for each spelling of a series.</summary>
    int Add(Labels series);

    /// <summary>Takes a sample.</summary>
    /// <param name="series">The number.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="value">The value.</param>
    void Add(int series, long timestamp, double value);
}
