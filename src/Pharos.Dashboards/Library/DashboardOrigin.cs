namespace Pharos.Dashboards.Library;

/// <summary>Where a dashboard comes from.</summary>
public enum DashboardOrigin
{
    /// <summary>Part of the program.</summary>
    BuiltIn,

    /// <summary>A file of the folder that is served.</summary>
    File,

    /// <summary>A file that a provisioning file or a ConfigMap names.</summary>
    Provisioned,

    /// <summary>Saved by somebody.</summary>
    Saved,
}
