using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation;

/// <summary>Metrics that are not kept but asked for when somebody scrapes.</summary>
public interface IMetricCollector
{
    /// <summary>Writes whole families, each with a name that nothing else in the registry has. Called by one scrape at a time or several at once.</summary>
    void Collect(ExpositionWriter writer);
}
