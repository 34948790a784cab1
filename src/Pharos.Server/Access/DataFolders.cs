namespace Pharos.Server.Access;

/// <summary>What lies where below <c>--storage.tsdb.path</c>, beside what Prometheus keeps there.</summary>
internal static class DataFolders
{
    /// <summary>The folder of users, tokens and whatever else is a document.</summary>
    public static string State(string dataFolder) => Path.Combine(dataFolder, "state");
}
