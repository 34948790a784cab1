using System.Reflection;
using System.Runtime.InteropServices;

namespace Pharos.Server;

/// <summary>Which build this is.</summary>
internal static class BuildInfo
{
    /// <summary>The Prometheus whose API and formats this build follows. Clients ask for it to find out what they may use.</summary>
    public const string PrometheusVersion = "3.14.0";

    /// <summary>The Alertmanager whose API and formats this build follows.</summary>
    public const string AlertmanagerVersion = "0.33.1";

    static BuildInfo()
    {
        string informational = typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        string[] parts = informational.Split('+', 2);
        Version = parts[0];
        Revision = parts.Length > 1 ? parts[1] : "";
    }

    /// <summary>Of Pharos itself.</summary>
    public static string Version { get; }

    /// <summary>The commit it was built from; empty outside a repository.</summary>
    public static string Revision { get; }

    /// <summary>What the API says: Prometheus' version, with our own as build metadata, so that it compares as Prometheus' does.</summary>
    public static string ApiVersion => $"{PrometheusVersion}+pharos.{Version}";

    /// <summary>As <see cref="ApiVersion"/>, of Alertmanager's API.</summary>
    public static string AlertmanagerApiVersion => $"{AlertmanagerVersion}+pharos.{Version}";

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string Platform => RuntimeInformation.RuntimeIdentifier;

    /// <summary>The answer to <c>--version</c>.</summary>
    public static string Banner =>
        $"pharos, version {Version} (revision: {(Revision.Length > 0 ? Revision : "unknown")})\n"
        + $"  follows:   Prometheus {PrometheusVersion}\n"
        + $"  runtime:   {Runtime}\n"
        + $"  platform:  {Platform}";
}
