namespace Pharos.Core.Contracts;

/// <summary>A store that can be asked. Thread-safe.</summary>
public interface ISeriesSource
{
    /// <summary>Opens a reader. The caller disposes it.</summary>
    ISeriesQuerier OpenQuerier();
}
