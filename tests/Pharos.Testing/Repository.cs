namespace Pharos.Testing;

/// <summary>Where the repository and the shared material beside it are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Pharos.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Material kept outside the repository (peers' conformance data, benchmarks); null where it is absent.</summary>
    public static string? Shared
    {
        get
        {
            string path = Path.GetFullPath(Path.Combine(Root, "..", "shared"));
            return Directory.Exists(path) ? path : null;
        }
    }

    /// <summary>Whether this runs in continuous integration, where the absence of what a test needs is a failure and not a reason to skip.</summary>
    public static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Pharos.slnx")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"no Pharos.slnx above {AppContext.BaseDirectory}");
    }
}
