namespace Pharos.Conformance.Tests;

/// <summary>A case that does not behave as upstream yet, and why.</summary>
internal sealed record KnownFailure(string Area, string File, string Name, string Reason)
{
    /// <summary>Reads lines of area, file, case and reason, separated by tabs; lines that begin with # are comments.</summary>
    public static IReadOnlyList<KnownFailure> Read(string path)
    {
        var known = new List<KnownFailure>();
        foreach (string line in System.IO.File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] fields = line.Split('\t');
            if (fields.Length != 4)
            {
                throw new InvalidDataException($"{path}: expected area, file, case and reason separated by tabs, got: {line}");
            }

            known.Add(new KnownFailure(fields[0], fields[1], fields[2], fields[3]));
        }

        return known;
    }
}
