/** Lines and tables of text whose errors name the line. */
package org.aitia.formats.text;
