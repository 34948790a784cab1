namespace Pharos.Scrape.Host;

/// <summary>One group of the host's metrics, under the names of node_exporter's collector of the same name.</summary>
internal interface IHostReader
{
    /// <summary>The value of the label <c>collector</c>.</summary>
    string Name { get; }

    /// <summary>Writes what there is now. An exception leaves out the rest of the group.</summary>
    void Write(HostFiles files, ExpositionWriter output);
}
