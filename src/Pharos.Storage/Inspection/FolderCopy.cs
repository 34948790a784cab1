using Pharos.Storage.Files;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Inspection;

/// <summary>
/// A data folder a second time, for who wants to open it without touching it: files that never change are linked, the newest of each log, which the owner writes on and
/// which opening may cut, are copied. Files of head chunks are left out: the logs have those samples too. Made beside or while somebody works on the folder.
/// </summary>
public sealed class FolderCopy : IDisposable
{
    private static readonly string[] Logs = ["wal", "wbl"];

    private FolderCopy(string path)
    {
        Path = path;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Copies a folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="root">The folder that the copy is made in, best on the same disk: elsewhere all is copied.</param>
    /// <param name="prefix">What the copy's name begins with, by default as upstream's.</param>
    /// <exception cref="IOException">A file cannot be read, linked or copied.</exception>
    public static FolderCopy Create(string folder, string root, string prefix = "tmp_dbro_sandbox")
    {
        string path = System.IO.Path.Combine(root, prefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        var copy = new FolderCopy(path);
        try
        {
            copy.Fill(folder);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Removes the copy.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private void Fill(string folder)
    {
        foreach (string log in Logs)
        {
            string source = System.IO.Path.Combine(folder, log);
            if (Directory.Exists(source))
            {
                AddLog(source, System.IO.Path.Combine(Path, log));
            }
        }

        foreach (BlockSummary block in BlockCatalog.List(folder))
        {
            AddAll(block.Folder, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(block.Folder)));
        }
    }

    private static void AddLog(string source, string target)
    {
        Directory.CreateDirectory(target);
        string[] files = Directory.GetFiles(source);
        Array.Sort(files, StringComparer.Ordinal);
        for (int i = 0; i < files.Length; i++)
        {
            Add(files[i], System.IO.Path.Combine(target, System.IO.Path.GetFileName(files[i])), isCopied: i == files.Length - 1);
        }

        foreach (int checkpoint in WalSegments.ListCheckpoints(source))
        {
            AddAll(WalSegments.CheckpointPath(source, checkpoint), WalSegments.CheckpointPath(target, checkpoint));
        }
    }

    private static void AddAll(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            Add(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)), isCopied: false);
        }

        foreach (string inner in Directory.EnumerateDirectories(source))
        {
            AddAll(inner, System.IO.Path.Combine(target, System.IO.Path.GetFileName(inner)));
        }
    }

    private static void Add(string source, string target, bool isCopied)
    {
        if (!isCopied)
        {
            try
            {
                DiskFiles.Instance.Link(source, target);
                return;
            }
            catch (IOException e) when (e is not FileNotFoundException && File.Exists(source))
            {
                // Another disk, or one without links.
            }
        }

        File.Copy(source, target);
    }
}
