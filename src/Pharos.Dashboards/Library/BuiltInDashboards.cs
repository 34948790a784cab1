namespace Pharos.Dashboards.Library;

/// <summary>The dashboards that are part of the program.</summary>
public static class BuiltInDashboards
{
    /// <summary>Of the host, from the built-in collector.</summary>
    public static ReadOnlyMemory<byte> SystemOverview => Load("SystemOverview.json");

    private static byte[] Load(string name)
    {
        using Stream stream = typeof(BuiltInDashboards).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the resource {name} is missing");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
