namespace Pharos.Testing.Processes;

/// <summary>The peers that <c>./test</c> has installed or unpacked.</summary>
public static class Peers
{
    /// <summary>The path of a program that <c>eng/get-peers</c> unpacked.</summary>
    public static string Program(string name) =>
        Has(name) ? PathOf(name) : throw new FileNotFoundException($"{PathOf(name)} is missing: run ./test, or eng/get-peers .peers");

    /// <summary>Whether a program is there.</summary>
    public static bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Starts Debian's node exporter on a loopback port.</summary>
    public static ChildProcess StartNodeExporter(int port, string folder) =>
        ChildProcess.Start("/usr/bin/prometheus-node-exporter", [$"--web.listen-address=127.0.0.1:{port}"], folder);

    /// <summary>Starts a real Flask application with Debian's Prometheus client on a loopback port.</summary>
    public static ChildProcess StartFlask(int port, string folder) =>
        ChildProcess.Start("/usr/bin/python3", [Path.Combine(Repository.Root, "tests", "data", "flask", "app.py"), $"{port}"], folder);

    private static string PathOf(string name) => Path.Combine(Repository.Root, ".peers", "usr", "bin", name);
}
