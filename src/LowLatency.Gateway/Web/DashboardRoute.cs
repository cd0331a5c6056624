using LowLatency.Gateway.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace LowLatency.Gateway.Web;

/// <summary>The dashboard's files.</summary>
internal sealed class DashboardRoute
{
    private const string Index = "index.html";
    private const string HashedFolder = "assets/";

    private const string MissingPage =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>LowLatency</title></head>
        <body>
        <h1>LowLatency is running</h1>
        <p>The dashboard was not built, because npm was not found when run.sh ran.
        Install Node.js (it brings npm), then start run.sh again.</p>
        <p>Everything else works: the stream at <code>/v1/stream</code>, and
        <a href="/v1/instruments">instruments</a>, <a href="/v1/schema">schema</a>, <a href="/health">health</a>.</p>
        </body>
        </html>
        """;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string _folder;
    private readonly Lazy<PhysicalFileProvider> _files;

    /// <summary>Makes the route.</summary>
    /// <param name="runtime">The gateway.</param>
    public DashboardRoute(GatewayRuntime runtime)
    {
        _folder = Folder(runtime);
        _files = new Lazy<PhysicalFileProvider>(() => new PhysicalFileProvider(_folder));
    }

    /// <summary>Says in the log that the dashboard is not there.</summary>
    /// <param name="runtime">The gateway.</param>
    public static void WarnIfMissing(GatewayRuntime runtime)
    {
        string folder = Folder(runtime);
        if (!File.Exists(Path.Combine(folder, Index))) GatewayLog.DashboardMissing(runtime.Logger, folder);
    }

    /// <summary>Answers with a file of the dashboard.</summary>
    public Task FileAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!.TrimStart('/');
        if (path.Length == 0) path = Index;
        IFileInfo? file = Directory.Exists(_folder) ? _files.Value.GetFileInfo(path) : null;
        if (file is { Exists: true, IsDirectory: false, PhysicalPath: { } physical } && Types.TryGetContentType(path, out string? type))
        {
            context.Response.Headers.CacheControl = path.StartsWith(HashedFolder, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
            var tag = new EntityTagHeaderValue($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
            string full = type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
            return TypedResults.PhysicalFile(physical, full, lastModified: file.LastModified, entityTag: tag).ExecuteAsync(context);
        }

        if (path == Index) return TextAsync(context, StatusCodes.Status200OK, "text/html; charset=utf-8", MissingPage);
        return TextAsync(context, StatusCodes.Status404NotFound, "text/plain; charset=utf-8", "There is no such page.\n");
    }

    private static string Folder(GatewayRuntime runtime) =>
        runtime.Settings.DashboardPath.Length == 0 ? Path.Combine(AppContext.BaseDirectory, "dashboard") : Path.GetFullPath(runtime.Settings.DashboardPath);

    private static Task TextAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-cache";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
