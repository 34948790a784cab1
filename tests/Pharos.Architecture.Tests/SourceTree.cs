using System.Text.RegularExpressions;
using Pharos.Testing;

namespace Pharos.Architecture.Tests;

/// <summary>The repository's own files, read as text.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules", ".git", ".peers", "dist", "data"];

    /// <summary>Paths relative to the root, with forward slashes, of all files with the extension under the folder.</summary>
    public static IReadOnlyList<string> Files(string folder, string extension)
    {
        string start = Path.Combine(Repository.Root, folder);
        var found = new List<string>();
        if (Directory.Exists(start))
        {
            Collect(start, extension, found);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Repository.Root, relativePath));

    public static int CountLines(string relativePath) => File.ReadLines(Path.Combine(Repository.Root, relativePath)).Count();

    /// <summary>The namespaces that a C# file imports, global and aliased ones included.</summary>
    public static IEnumerable<string> Usings(string relativePath) =>
        Regex.Matches(Read(relativePath), @"^\s*(?:global )?using (?:static )?(?:\w+ = )?(Pharos[\w.]*)\s*;", RegexOptions.Multiline)
            .Select(static m => m.Groups[1].Value);

    private static void Collect(string folder, string extension, List<string> found)
    {
        foreach (string file in Directory.GetFiles(folder, "*" + extension))
        {
            found.Add(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));
        }

        foreach (string child in Directory.GetDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal))
            {
                Collect(child, extension, found);
            }
        }
    }
}
