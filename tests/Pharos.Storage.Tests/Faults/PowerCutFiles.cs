using Pharos.Storage.Files;

namespace Pharos.Storage.Tests.Faults;

/// <summary>
/// Real files that remember what of them is on disk by the letter of POSIX: bytes of a file after its sync, names in a folder after the folder's sync, nothing else.
/// <see cref="Cut"/> gives the folder as it would be after a power cut at that moment.
/// </summary>
internal sealed class PowerCutFiles : IStoreFiles
{
    private readonly DiskFiles _disk = DiskFiles.Instance;
    private readonly Lock _lock = new();
    private readonly string _root;
    private readonly Node _top = new(isFolder: true);

    /// <param name="root">What is there already counts as on disk.</param>
    public PowerCutFiles(string root)
    {
        _root = Path.GetFullPath(root);
        Take(_top, _root);
    }

    /// <summary>Writes what is on disk to a folder, which is empty.</summary>
    public void Cut(string target)
    {
        lock (_lock)
        {
            Restore(_top, target);
        }
    }

    public IStoreFile Create(string path)
    {
        IStoreFile file = _disk.Create(path);
        lock (_lock)
        {
            var node = new Node(isFolder: false);
            Parent(path).Names[Path.GetFileName(path)] = node;
            return new File(this, node, path, file);
        }
    }

    public IStoreFile Open(string path)
    {
        lock (_lock)
        {
            return new File(this, Parent(path).Names[Path.GetFileName(path)], path, _disk.Open(path));
        }
    }

    public void CreateFolder(string path)
    {
        _disk.CreateFolder(path);
        lock (_lock)
        {
            Find(path, makes: true);
        }
    }

    public void Move(string from, string to)
    {
        _disk.Move(from, to);
        lock (_lock)
        {
            Parent(from).Names.Remove(Path.GetFileName(from), out Node? node);
            Parent(to).Names[Path.GetFileName(to)] = node!;
        }
    }

    public void Link(string from, string to)
    {
        _disk.Link(from, to);
        lock (_lock)
        {
            Parent(to).Names[Path.GetFileName(to)] = Parent(from).Names[Path.GetFileName(from)];
        }
    }

    public void Delete(string path)
    {
        _disk.Delete(path);
        lock (_lock)
        {
            Parent(path).Names.Remove(Path.GetFileName(path));
        }
    }

    public void DeleteFolder(string path)
    {
        _disk.DeleteFolder(path);
        lock (_lock)
        {
            Parent(path).Names.Remove(Path.GetFileName(path));
        }
    }

    public void SyncFolder(string path)
    {
        lock (_lock)
        {
            Node folder = Find(path, makes: false);
            folder.NamesOnDisk = new Dictionary<string, Node>(folder.Names);
        }
    }

    private static void Take(Node folder, string path)
    {
        foreach (string file in Directory.EnumerateFiles(path))
        {
            folder.Names.Add(Path.GetFileName(file), new Node(isFolder: false) { BytesOnDisk = System.IO.File.ReadAllBytes(file) });
        }

        foreach (string child in Directory.EnumerateDirectories(path))
        {
            var node = new Node(isFolder: true);
            folder.Names.Add(Path.GetFileName(child), node);
            Take(node, child);
        }

        folder.NamesOnDisk = new Dictionary<string, Node>(folder.Names);
    }

    private static void Restore(Node folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach ((string name, Node node) in folder.NamesOnDisk)
        {
            if (node.IsFolder)
            {
                Restore(node, Path.Combine(target, name));
            }
            else
            {
                System.IO.File.WriteAllBytes(Path.Combine(target, name), node.BytesOnDisk);
            }
        }
    }

    private Node Parent(string path) => Find(Path.GetDirectoryName(Path.GetFullPath(path))!, makes: false);

    private Node Find(string path, bool makes)
    {
        Node node = _top;
        string relative = Path.GetRelativePath(_root, Path.GetFullPath(path));
        foreach (string name in relative == "." ? [] : relative.Split('/'))
        {
            if (!node.Names.TryGetValue(name, out Node? next))
            {
                next = makes ? new Node(isFolder: true) : throw new DirectoryNotFoundException($"{path} was not made through this seam");
                node.Names.Add(name, next);
            }

            node = next;
        }

        return node;
    }

    private void Synced(Node node, string path)
    {
        // The name it has now may be another than the one it was opened by: then the bytes cannot be told, and the test must learn to.
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        lock (_lock)
        {
            node.BytesOnDisk = bytes;
        }
    }

    private sealed class Node(bool isFolder)
    {
        public bool IsFolder { get; } = isFolder;

        public Dictionary<string, Node> Names { get; } = [];

        public Dictionary<string, Node> NamesOnDisk { get; set; } = [];

        public byte[] BytesOnDisk { get; set; } = [];
    }

    private sealed class File(PowerCutFiles disk, Node node, string path, IStoreFile file) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
            disk.Synced(node, path);
        }

        public void Dispose() => file.Dispose();
    }
}
