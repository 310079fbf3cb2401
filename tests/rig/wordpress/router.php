<?php
// PHP's own server takes a path with a dot for a file and answers 404; WordPress has to see every path that is none.
$root = rtrim($_SERVER['DOCUMENT_ROOT'], '/');
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$file = realpath($root . $path);
$inside = $file !== false && str_starts_with("$file/", "$root/");
if ($inside && is_dir($file) && is_file("$file/index.php")) {
    $file .= '/index.php';
}
if ($inside && is_file($file) && !str_ends_with($file, '.php')) {
    return false;
}
$script = $inside && is_file($file) ? $file : "$root/index.php";
$_SERVER['SCRIPT_FILENAME'] = $script;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = substr($script, strlen($root));
chdir(dirname($script));
require $script;
